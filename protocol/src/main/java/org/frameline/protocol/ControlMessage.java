package org.frameline.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One message on a control or handshake socket: a single part holding one JSON object. A request
 * names itself in {@code request}; a reply says {@code "ok":true}, or {@code "ok":false} with the
 * reason in {@code error}. Immutable.
 */
public record ControlMessage(Map<String, Object> fields) {
  /** A message above this size is refused unread. */
  public static final int MAX_BYTES = 64 * 1024;

  public ControlMessage {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  public static ControlMessage request(String name) {
    return new ControlMessage(Map.of("request", name));
  }

  public static ControlMessage ok() {
    return new ControlMessage(Map.of("ok", true));
  }

  public static ControlMessage error(String reason) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ok", false);
    fields.put("error", reason);
    return new ControlMessage(fields);
  }

  /** The same message with one more key. */
  public ControlMessage with(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(key, value);
    return new ControlMessage(more);
  }

  public byte[] encode() {
    return WireJson.write(fields);
  }

  /**
   * Reads a message.
   *
   * @throws MalformedMessageException when it is not one small JSON object
   */
  public static ControlMessage decode(byte[] bytes) throws MalformedMessageException {
    if (bytes.length > MAX_BYTES) {
      throw new MalformedMessageException(
          "control message", "at most " + MAX_BYTES + " bytes", bytes.length + " bytes");
    }
    return new ControlMessage(WireJson.readObject("control message", bytes));
  }

  public boolean isOk() {
    return Boolean.TRUE.equals(fields.get("ok"));
  }

  public boolean isTrue(String key) {
    return Boolean.TRUE.equals(fields.get(key));
  }

  public Optional<String> text(String key) {
    return fields.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A count of frames or the like, empty when the key is absent or no number from 0 to 2^53-1. */
  public Optional<Long> count(String key) {
    if (!(fields.get(key) instanceof Integer) && !(fields.get(key) instanceof Long)) {
      return Optional.empty();
    }
    long count = ((Number) fields.get(key)).longValue();
    return count < 0 || count > FrameHeader.MAX_FRAME ? Optional.empty() : Optional.of(count);
  }

  /**
   * A count that may be absent, but must be one where it is there.
   *
   * @throws MalformedMessageException when there is something else under the key
   */
  public long count(String key, long otherwise) throws MalformedMessageException {
    if (!fields.containsKey(key)) {
      return otherwise;
    }
    return count(key)
        .orElseThrow(
            () ->
                new MalformedMessageException(
                    key, "a number from 0 to " + FrameHeader.MAX_FRAME, fields.get(key)));
  }

  /** The texts in a list, empty when the key is absent or something else. */
  public List<String> texts(String key) {
    return fields.get(key) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  /** The objects in a list, empty when the key is absent or something else. */
  public List<ControlMessage> objects(String key) {
    if (!(fields.get(key) instanceof List<?> list)) {
      return List.of();
    }
    List<ControlMessage> objects = new ArrayList<>();
    for (Object one : list) {
      if (one instanceof Map<?, ?> map) {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((name, value) -> named.put(String.valueOf(name), value));
        objects.add(new ControlMessage(named));
      }
    }
    return objects;
  }
}
