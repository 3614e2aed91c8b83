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

  /** Every JSON reader knows whole numbers up to here, 2^53-1, and sums with them stay positive. */
  public static final long MAX_FRAME = (1L << 53) - 1;

  private static final int LONGEST_ATTRIBUTE_LIST = 4_096;

  /** The keys that stand for the other components, in their order on the wire. */
  static final List<String> OWN_KEYS =
      List.of("htype", "shape", "type", "encoding", "frame", "timestamp_ns", "stream");

  public static final String PIXEL_FORMAT = "pixel_format";
  public static final String SOURCE = "source";

  /** The rate that the camera or file was asked for, or names itself; absent when there is none. */
  public static final String FRAMES_PER_SECOND = "frames_per_second";

  /** How often the camera dropped out and came back in this stream; absent while it never did. */
  public static final String RECONNECTS = "reconnects";

  /** The first frame after the last time the camera dropped out. */
  public static final String OUTAGE_FRAME = "outage_frame";

  /** Milliseconds between {@link #OUTAGE_FRAME} and the frame before it. */
  public static final String OUTAGE_MS = "outage_ms";

  /** The number that a frame sent from a recording has there; see {@link Origin}. */
  public static final String RECORDED_FRAME = "recorded_frame";

  /** The time that a frame sent from a recording has there; see {@link Origin}. */
  public static final String RECORDED_TIMESTAMP_NS = "recorded_timestamp_ns";

  /** The stream that a recording is of which is sent again. */
  public static final String RECORDED_STREAM = "recorded_stream";

  /** The {@link #SOURCE} of a recording that is sent again. */
  public static final String RECORDED_SOURCE = "recorded_source";

  /** The {@link #FRAMES_PER_SECOND} of a recording that is sent again. */
  public static final String RECORDED_FRAMES_PER_SECOND = "recorded_frames_per_second";

  public static final String TRANSFORM = "transform";
  public static final String HALF_SPECTRUM = "half_spectrum";
  public static final String OUTPUT = "output";

  /** Width W of the frame, which the W/2+1 columns of a half spectrum do not tell. */
  public static final String WIDTH = "width";

  /** In a reference to a result: the file of the worker's ring. */
  public static final String RING = "ring";

  /** In a reference to a result: its number in that ring. */
  public static final String RING_INDEX = "ring_index";

  public static final String WORKER = "worker";
  public static final String RECEIVED_NS = "received_ns";
  public static final String TRANSFORM_NS = "transform_ns";

  public FrameHeader {
    shape = List.copyOf(shape);
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(stream, "stream");
    extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    if (shape.isEmpty() || shape.size() > MAX_RANK || Collections.min(shape) < 1) {
      throw new IllegalArgumentException(
          "shape: expected 1 to " + MAX_RANK + " dimensions of at least 1, found " + shape);
    }
    if (frame < 0 || frame > MAX_FRAME) {
      throw new IllegalArgumentException("frame: expected 0 to 2^53-1, found " + frame);
    }
    if (stream.isEmpty()) {
      throw new IllegalArgumentException("stream: expected a name, found an empty text");
    }
    if (!Collections.disjoint(extra.keySet(), OWN_KEYS)) {
      throw new IllegalArgumentException(
          "extra: expected none of the keys " + OWN_KEYS + ", found " + extra.keySet());
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

  /** The same header with further extra keys, or new values for those that it has. */
  public FrameHeader with(Map<String, Object> more) {
    Map<String, Object> all = new LinkedHashMap<>(extra);
    all.putAll(more);
    return new FrameHeader(shape, type, frame, timestampNs, stream, all);
  }

  /** The same header without some of its extra keys. */
  public FrameHeader without(String... keys) {
    Map<String, Object> rest = new LinkedHashMap<>(extra);
    rest.keySet().removeAll(List.of(keys));
    return new FrameHeader(shape, type, frame, timestampNs, stream, rest);
  }

  /** An extra key whose value is a text, empty when it is absent or something else. */
  public Optional<String> text(String key) {
    return extra.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** An extra key whose value is a whole number, empty when it is absent or something else. */
  public Optional<Long> number(String key) {
    return extra.get(key) instanceof Integer || extra.get(key) instanceof Long
        ? Optional.of(((Number) extra.get(key)).longValue())
        : Optional.empty();
  }

  /**
   * The keys that are the same for all frames of a stream, as values that a file can hold: texts,
   * whole numbers, numbers, truth values and lists of whole numbers; anything else, which only a
   * stranger sends, as the JSON text it was.
   */
  public Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("htype", HTYPE);
    attributes.put("shape", shape);
    attributes.put("type", type.wireName());
    attributes.put("encoding", "little");
    attributes.put("stream", stream);
    extra.forEach(
        (key, value) -> {
          boolean constant = !key.equals(RECORDED_FRAME) && !key.equals(RECORDED_TIMESTAMP_NS);
          if (constant) {
            attributes.put(key, isPlain(value) ? value : WireJson.text(value));
          }
        });
    return attributes;
  }

  private static boolean isPlain(Object value) {
    return value instanceof String
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean
        || (value instanceof List<?> list
            && list.size() <= LONGEST_ATTRIBUTE_LIST
            && list.stream().allMatch(Integer.class::isInstance));
  }

  /** Whether frames with these two headers can stand in one dataset. */
  public boolean sameArrayAs(FrameHeader other) {
    return shape.equals(other.shape) && type == other.type;
  }
}
