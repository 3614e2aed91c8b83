package org.frameline.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Header of one array on the wire, {@code "htype":"array-1.0"}: a camera frame or a transform of
 * one. Immutable.
 *
 * @param shape dimensions in C order: {@code [H,W,3]} or {@code [H,W]} for a frame, {@code
 *     [C,H,W/2+1]} or {@code [H,W/2+1]} for a half spectrum; 1 to {@value #MAX_RANK} of them, each
 *     at least 1
 * @param type type of one element, little endian
 * @param frame number of the frame in its stream, from 0
 * @param timestampNs when the grab returned, UTC epoch nanoseconds
 * @param stream names one run of one publisher
 * @param extra all other keys, in their order, also those this version does not know
 */
public record FrameHeader(
    List<Integer> shape,
    ElementType type,
    long frame,
    long timestampNs,
    String stream,
    Map<String, Object> extra) {

  public static final String HTYPE = "array-1.0";
  public static final int MAX_RANK = 8;

  public static final String PIXEL_FORMAT = "pixel_format";
  public static final String SOURCE = "source";
  public static final String TRANSFORM = "transform";
  public static final String HALF_SPECTRUM = "half_spectrum";
  public static final String OUTPUT = "output";

  /** Width W of the frame, which the W/2+1 columns of a half spectrum do not tell. */
  public static final String WIDTH = "width";

  public static final String WORKER = "worker";
  public static final String RECEIVED_NS = "received_ns";
  public static final String TRANSFORM_NS = "transform_ns";

  public FrameHeader {
    shape = List.copyOf(shape);
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(stream, "stream");
    extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    if (shape.isEmpty() || shape.size() > MAX_RANK || shape.stream().anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException(
          "shape: expected 1 to " + MAX_RANK + " dimensions of at least 1, found " + shape);
    }
    if (frame < 0) {
      throw new IllegalArgumentException("frame: expected 0 or more, found " + frame);
    }
    if (stream.isEmpty()) {
      throw new IllegalArgumentException("stream: expected a name, found an empty text");
    }
  }

  /**
   * Size of the payload in bytes.
   *
   * @throws ArithmeticException when it does not fit in 63 bits
   */
  public long payloadBytes() {
    long bytes = type.bytes();
    for (int dimension : shape) {
      bytes = Math.multiplyExact(bytes, (long) dimension);
    }
    return bytes;
  }

  /** The same header for another frame of the stream. */
  public FrameHeader at(long otherFrame, long otherTimestampNs) {
    return new FrameHeader(shape, type, otherFrame, otherTimestampNs, stream, extra);
  }

  /** An extra key whose value is a text, empty when it is absent or something else. */
  public Optional<String> text(String key) {
    return extra.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** An extra key whose value is a whole number, empty when it is absent or something else. */
  public Optional<Long> number(String key) {
    return extra.get(key) instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  /** Whether frames with these two headers can stand in one dataset. */
  public boolean sameArrayAs(FrameHeader other) {
    return shape.equals(other.shape) && type == other.type;
  }
}
