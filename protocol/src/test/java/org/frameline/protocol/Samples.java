package org.frameline.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.StreamMessage.Frame;

/** Right messages to begin with. No state. */
public final class Samples {
  /** The header of docs/wire-format.md for a picture of 2 x 3 pixels. */
  static final String HEADER =
      "{\"htype\":\"array-1.0\",\"shape\":[2,3,3],\"type\":\"uint8\",\"encoding\":\"little\","
          + "\"frame\":7,\"timestamp_ns\":1763670000000000000,\"stream\":\"abc\","
          + "\"pixel_format\":\"RGB8\",\"source\":\"synthetic:ramp\"}";

  private Samples() {}

  /** An RGB8 frame of 2 rows and 3 columns whose bytes count from {@code number} on. */
  public static Frame frame(String topic, String stream, long number) {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put(FrameHeader.PIXEL_FORMAT, "RGB8");
    extra.put(FrameHeader.SOURCE, "synthetic:ramp");
    FrameHeader header =
        new FrameHeader(
            List.of(2, 3, 3), ElementType.UINT8, number, 1_763_670_000_000_000_000L, stream, extra);
    byte[] pixels = new byte[18];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (number + i);
    }
    return new Frame(topic, header, ByteBuffer.wrap(pixels));
  }

  /** The parts of a message as they are on the wire. */
  public static List<byte[]> parts(StreamMessage message) {
    ByteBuffer payload = MessageCodec.payload(message).duplicate();
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return List.of(utf8(message.topic()), MessageCodec.header(message), bytes);
  }

  /** A message with this header and a payload of so many bytes. */
  static List<byte[]> parts(String header, int payloadBytes) {
    return List.of(utf8("camera_frame"), utf8(header), new byte[payloadBytes]);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
