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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON as it stands on the wire: one object, no duplicate keys, little nesting. Thread-safe. */
final class WireJson {
  private static final int DEEPEST_NESTING = 16;
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

  static Map<String, Object> readObject(String where, byte[] json)
      throws MalformedMessageException {
    try {
      LinkedHashMap<String, Object> fields = READER.readValue(json);
      if (fields != null) {
        return fields;
      }
    } catch (JsonProcessingException e) {
      throw new MalformedMessageException(
          where, "a JSON object", new String(json, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
    throw new MalformedMessageException(where, "a JSON object", "null");
  }
}
