package org.frameline.protocol;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Type of one array element, named as numpy's {@code dtype.name}, which is what {@code array-1.0}
 * headers carry in {@code type}. A complex element is two floats, real part first.
 */
public enum ElementType {
  UINT8("uint8", 1),
  UINT16("uint16", 2),
  FLOAT32("float32", 4),
  FLOAT64("float64", 8),
  COMPLEX64("complex64", 8),
  COMPLEX128("complex128", 16);

  private final String wireName;
  private final int bytes;

  ElementType(String wireName, int bytes) {
    this.wireName = wireName;
    this.bytes = bytes;
  }

  /** Name on the wire and in reports, as in numpy. */
  public String wireName() {
    return wireName;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  public boolean isComplex() {
    return this == COMPLEX64 || this == COMPLEX128;
  }

  /**
   * Finds a type by its name on the wire.
   *
   * @throws IllegalArgumentException naming the types there are
   */
  public static ElementType ofWireName(String name) {
    for (ElementType type : values()) {
      if (type.wireName.equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException("expected one of " + names() + ", found \"" + name + "\"");
  }

  private static String names() {
    return Arrays.stream(values()).map(ElementType::wireName).collect(Collectors.joining(", "));
  }
}
