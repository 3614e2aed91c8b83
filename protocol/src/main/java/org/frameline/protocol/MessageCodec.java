package org.frameline.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.Reference;
import org.frameline.protocol.StreamMessage.References;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.protocol.StreamMessage.WorkerNotice;

/**
 * Reads and writes the three parts of a message, strictly: every size in a header is checked
 * against the payload before anyone believes it. Thread-safe, without state.
 *
 * <p>Source of the format: docs/wire-format.md; {@code array-1.0} is the header of the camera
 * servers at the Paul Scherrer Institute.
 */
public final class MessageCodec {
  /** A header above this size is refused unread. */
  public static final int MAX_HEADER_BYTES = 64 * 1024;

  public static final int PARTS = 3;

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private MessageCodec() {}

  /** The header part of a message, UTF-8 JSON in the key order of docs/wire-format.md. */
  public static byte[] header(StreamMessage message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(320);
    try (JsonGenerator json = WireJson.generator(bytes)) {
      json.writeStartObject();
      if (message instanceof Frame frame) {
        writeFrame(json, FrameHeader.HTYPE, frame.header());
      } else if (message instanceof Reference reference) {
        writeFrame(json, Reference.HTYPE, reference.header());
      } else if (message instanceof References references) {
        writeReferences(json, references);
      } else if (message instanceof SeriesEnd end) {
        json.writeStringField("htype", SeriesEnd.HTYPE);
        json.writeStringField("stream", end.stream());
        json.writeNumberField("frames", end.frames());
      } else if (message instanceof WorkerNotice notice) {
        json.writeStringField("htype", WorkerNotice.HTYPE);
        json.writeStringField("worker", notice.worker());
        json.writeStringField("state", notice.state().name().toLowerCase(Locale.ROOT));
        writeExtra(json, notice.extra());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a header could not be written as JSON", e);
    }
    return bytes.toByteArray();
  }

  private static void writeFrame(JsonGenerator json, String htype, FrameHeader header)
      throws IOException {
    json.writeStringField("htype", htype);
    json.writeArrayFieldStart("shape");
    for (int dimension : header.shape()) {
      json.writeNumber(dimension);
    }
    json.writeEndArray();
    json.writeStringField("type", header.type().wireName());
    json.writeStringField("encoding", "little");
    json.writeNumberField("frame", header.frame());
    json.writeNumberField("timestamp_ns", header.timestampNs());
    json.writeStringField("stream", header.stream());
    writeExtra(json, header.extra());
  }

  private static void writeReferences(JsonGenerator json, References references)
      throws IOException {
    json.writeStringField("htype", References.HTYPE);
    json.writeArrayFieldStart(References.KEY);
    for (FrameHeader header : references.headers()) {
      json.writeStartObject();
      writeFrame(json, Reference.HTYPE, header);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeExtra(JsonGenerator json, Map<String, Object> extra) throws IOException {
    for (Map.Entry<String, Object> entry : extra.entrySet()) {
      Object value = entry.getValue();
      json.writeFieldName(entry.getKey());
      // For what there is in every header Jackson need not look up how it is written.
      if (value instanceof String text) {
        json.writeString(text);
      } else if (value instanceof Long || value instanceof Integer) {
        json.writeNumber(((Number) value).longValue());
      } else {
        json.writeObject(value);
      }
    }
  }

  /** The payload part of a message, not copied. */
  public static ByteBuffer payload(StreamMessage message) {
    return message instanceof Frame frame ? frame.payload() : EMPTY;
  }

  /**
   * Reads a message; the payload is wrapped, not copied.
   *
   * @param parts the parts as they came
   * @throws MalformedMessageException when anything is not as docs/wire-format.md says
   */
  public static StreamMessage decode(List<byte[]> parts) throws MalformedMessageException {
    requireParts(parts.size());
    ByteBuffer payload = ByteBuffer.wrap(parts.get(2)).order(ByteOrder.LITTLE_ENDIAN);
    return decode(parts.get(0), parts.get(1), payload);
  }

  /** Refuses a message of another number of parts than {@link #PARTS}. */
  public static void requireParts(int found) throws MalformedMessageException {
    if (found != PARTS) {
      throw new MalformedMessageException("message", PARTS + " parts", found);
    }
  }

  /**
   * As {@link #decode(List)}.
   *
   * @param payload little endian; becomes that of the result
   */
  public static StreamMessage decode(byte[] topicPart, byte[] header, ByteBuffer payload)
      throws MalformedMessageException {
    String topic = WireJson.utf8("topic", topicPart);
    HeaderFields fields = readHeader(header);
    String htype = fields.takeText("htype");
    return switch (htype) {
      case FrameHeader.HTYPE -> decodeFrame(topic, fields, payload);
      case Reference.HTYPE -> {
        requireEmpty(payload);
        yield new Reference(topic, takeHeader(fields));
      }
      case References.HTYPE -> {
        requireEmpty(payload);
        yield new References(topic, takeReferences(fields));
      }
      case SeriesEnd.HTYPE -> {
        requireEmpty(payload);
        yield new SeriesEnd(topic, fields.takeText("stream"), fields.takeCount("frames"));
      }
      case WorkerNotice.HTYPE -> {
        requireEmpty(payload);
        yield new WorkerNotice(
            topic, fields.takeText("worker"), takeState(fields), fields.remaining());
      }
      default ->
          throw new MalformedMessageException(
              "header.htype",
              String.join(
                  ", ",
                  FrameHeader.HTYPE,
                  Reference.HTYPE,
                  References.HTYPE,
                  SeriesEnd.HTYPE,
                  WorkerNotice.HTYPE),
              htype);
    };
  }

  private static Frame decodeFrame(String topic, HeaderFields fields, ByteBuffer payload)
      throws MalformedMessageException {
    FrameHeader header = takeHeader(fields);
    if (header.payloadBytes() != payload.remaining()) {
      throw new MalformedMessageException(
          "payload",
          header.payloadBytes()
              + " bytes for shape "
              + header.shape()
              + " of "
              + header.type().wireName(),
          payload.remaining() + " bytes");
    }
    return new Frame(topic, header, payload);
  }

  private static List<FrameHeader> takeReferences(HeaderFields fields)
      throws MalformedMessageException {
    List<FrameHeader> headers = new ArrayList<>();
    for (HeaderFields one : fields.takeObjects(References.KEY, References.MOST)) {
      String htype = one.takeText("htype");
      if (!htype.equals(Reference.HTYPE)) {
        throw new MalformedMessageException(
            "header." + References.KEY + ".htype", Reference.HTYPE, htype);
      }
      headers.add(takeHeader(one));
    }
    return headers;
  }

  private static FrameHeader takeHeader(HeaderFields fields) throws MalformedMessageException {
    String encoding = fields.takeText("encoding");
    if (!encoding.equals("little")) {
      throw new MalformedMessageException("header.encoding", "little", encoding);
    }
    FrameHeader header =
        new FrameHeader(
            fields.takeShape("shape"),
            fields.takeType("type"),
            fields.takeCount("frame"),
            fields.takeNumber("timestamp_ns"),
            fields.takeText("stream"),
            fields.remaining());
    try {
      header.payloadBytes();
    } catch (ArithmeticException e) {
      throw new MalformedMessageException("header.shape", "a size below 2^63", header.shape());
    }
    return header;
  }

  private static WorkerNotice.State takeState(HeaderFields fields)
      throws MalformedMessageException {
    String state = fields.takeText("state");
    return switch (state) {
      case "ready" -> WorkerNotice.State.READY;
      case "leaving" -> WorkerNotice.State.LEAVING;
      default -> throw new MalformedMessageException("header.state", "ready or leaving", state);
    };
  }

  private static void requireEmpty(ByteBuffer payload) throws MalformedMessageException {
    if (payload.hasRemaining()) {
      throw new MalformedMessageException("payload", "no bytes", payload.remaining() + " bytes");
    }
  }

  private static HeaderFields readHeader(byte[] header) throws MalformedMessageException {
    if (header.length > MAX_HEADER_BYTES) {
      throw new MalformedMessageException(
          "header", "at most " + MAX_HEADER_BYTES + " bytes", header.length + " bytes");
    }
    return new HeaderFields(WireJson.readObject("header", header));
  }
}
