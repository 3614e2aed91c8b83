package org.frameline.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of one header, taken out one by one with their types checked; not thread-safe. */
final class HeaderFields {
  private final Map<String, Object> fields;

  HeaderFields(Map<String, Object> fields) {
    this.fields = new LinkedHashMap<>(fields);
  }

  /** What nobody took, in the order it came. */
  Map<String, Object> remaining() {
    return fields;
  }

  String takeText(String key) throws MalformedMessageException {
    Object value = take(key, "a text");
    if (value instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new MalformedMessageException("header." + key, "a text", value);
  }

  long takeNumber(String key) throws MalformedMessageException {
    Object value = take(key, "a whole number of 64 bits");
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw new MalformedMessageException("header." + key, "a whole number of 64 bits", value);
  }

  long takeCount(String key) throws MalformedMessageException {
    long value = takeNumber(key);
    if (value < 0 || value > FrameHeader.MAX_FRAME) {
      throw new MalformedMessageException("header." + key, "0 to 2^53-1", value);
    }
    return value;
  }

  ElementType takeType(String key) throws MalformedMessageException {
    String name = takeText(key);
    try {
      return ElementType.ofWireName(name);
    } catch (IllegalArgumentException e) {
      throw new MalformedMessageException("header." + key, "an element type", name);
    }
  }

  List<Integer> takeShape(String key) throws MalformedMessageException {
    String expected = "1 to " + FrameHeader.MAX_RANK + " dimensions of at least 1";
    Object value = take(key, expected);
    if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > FrameHeader.MAX_RANK) {
      throw new MalformedMessageException("header." + key, expected, value);
    }
    List<Integer> shape = new ArrayList<>(list.size());
    for (Object dimension : list) {
      if (!(dimension instanceof Integer size) || size < 1) {
        throw new MalformedMessageException("header." + key, expected, value);
      }
      shape.add(size);
    }
    return shape;
  }

  /** The objects of a list, 1 to {@code most} of them. */
  List<HeaderFields> takeObjects(String key, int most) throws MalformedMessageException {
    String expected = "a list of 1 to " + most + " objects";
    Object value = take(key, expected);
    if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > most) {
      throw new MalformedMessageException("header." + key, expected, value);
    }
    List<HeaderFields> objects = new ArrayList<>(list.size());
    for (Object one : list) {
      if (!(one instanceof Map<?, ?> object)) {
        throw new MalformedMessageException("header." + key, expected, value);
      }
      Map<String, Object> its = new LinkedHashMap<>();
      object.forEach((name, what) -> its.put((String) name, what));
      objects.add(new HeaderFields(its));
    }
    return objects;
  }

  private Object take(String key, String expected) throws MalformedMessageException {
    if (!fields.containsKey(key)) {
      throw new MalformedMessageException("header." + key, expected, "no such key");
    }
    return fields.remove(key);
  }
}
