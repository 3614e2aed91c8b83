package org.frameline.recording.images;

import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.object.datatype.EnumDataType;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The constant header fields of an entry, as a file has them. Without state. */
final class StreamAttributes {
  /** More than a header can hold is left out. */
  private static final int MOST_CHARACTERS = 10_000;

  private StreamAttributes() {}

  /** Texts, whole numbers (Long), numbers (Double) and truth values; anything else is left out. */
  static Map<String, Object> of(Group stream) {
    Map<String, Object> found = new LinkedHashMap<>();
    int room = MOST_CHARACTERS;
    for (Attribute attribute : stream.getAttributes().values()) {
      Optional<Object> value = value(attribute);
      if (value.isPresent()) {
        int length = attribute.getName().length() + value.get().toString().length();
        if (length <= room) {
          room -= length;
          found.put(attribute.getName(), value.get());
        }
      }
    }
    return found;
  }

  private static Optional<Object> value(Attribute attribute) {
    Object value;
    try {
      value = attribute.getData();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      // A boolean is an enumeration in HDF5, of which jhdf gives the name.
      boolean isFlag = attribute.getDataType() instanceof EnumDataType;
      return Optional.of(isFlag ? (Object) text.equals("TRUE") : text);
    }
    if (value instanceof Float || value instanceof Double) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
    }
    return value instanceof Number number && !(number instanceof BigInteger)
        ? Optional.of(number.longValue())
        : Optional.empty();
  }
}
