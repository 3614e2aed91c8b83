package org.frameline.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON as it stands on the wire: one object, no duplicate keys, little nesting. Thread-safe. */
final class WireJson {
  private static final int DEEPEST_NESTING = 16;

  /** Stands for what is not UTF-8 where a String is made of bytes; nearly no text has it else. */
  private static final char REPLACED = '\ufffd';

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(DEEPEST_NESTING).build())
          .build();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);
  private static final ObjectReader READER =
      MAPPER.readerForMapOf(Object.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private WireJson() {}

  static JsonGenerator generator(OutputStream out) throws IOException {
    JsonGenerator generator = FACTORY.createGenerator(out);
    generator.setCodec(MAPPER);
    return generator;
  }

  static byte[] write(Map<String, ?> object) {
    try {
      return MAPPER.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON: " + object.keySet(), e);
    }
  }

  /** Any value that came from JSON, as JSON again. */
  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON: " + value, e);
    }
  }

  static Map<String, Object> readObject(String where, byte[] json)
      throws MalformedMessageException {
    String text = utf8(where, json);
    try {
      LinkedHashMap<String, Object> fields = READER.readValue(text);
      if (fields != null) {
        return fields;
      }
    } catch (JsonProcessingException e) {
      throw new MalformedMessageException(where, "a JSON object", text);
    }
    throw new MalformedMessageException(where, "a JSON object", "null");
  }

  /**
   * The text in bytes from outside. Left to itself the JSON parser would guess UTF-16 and UTF-32
   * too, and fail on broken UTF-32 with an exception of its own.
   */
  static String utf8(String where, byte[] bytes) throws MalformedMessageException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACED) < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedMessageException(
          where, "UTF-8", new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }
}
