package org.frameline.recording.hdf5;

import org.frameline.protocol.ElementType;

/**
 * Encoded datatypes, after chapter IV.A.2.d of the HDF5 File Format Specification 3.0. All are
 * little-endian.
 */
public final class Datatype {

  public static final byte[] UINT64 = integer(8, false);
  public static final byte[] INT64 = integer(8, true);
  public static final byte[] FLOAT64 = floating(8);

  /** An enumeration of FALSE and TRUE, which h5py reads as a boolean. */
  public static final byte[] BOOLEAN =
      new Bytes()
          .u8(0x38)
          .u8(2)
          .u16(0)
          .u32(1)
          .raw(integer(1, true))
          .text("FALSE\0TRUE\0")
          .u8(0)
          .u8(1)
          .toArray();

  /**
   * UTF-8 text of any length, kept in a global heap. h5py gives an attribute of this type as {@code
   * str}; of fixed length it would be {@code bytes}, unequal to every {@code str}.
   */
  public static final byte[] TEXT =
      new Bytes().u8(0x19).u8(0x01).u8(0x01).u8(0).u32(16).raw(integer(1, false)).toArray();

  private Datatype() {}

  public static byte[] of(ElementType type) {
    return switch (type) {
      case UINT8, UINT16 -> integer(type.bytes(), false);
      case FLOAT32, FLOAT64 -> floating(type.bytes());
      case COMPLEX64, COMPLEX128 -> complex(type.bytes() / 2);
    };
  }

  /** UTF-8 text of a fixed number of bytes, padded with NUL. */
  static byte[] fixedText(int bytes) {
    return new Bytes().u8(0x13).u8(0x11).u16(0).u32(bytes).toArray();
  }

  private static byte[] integer(int bytes, boolean signed) {
    Bytes type = new Bytes().u8(0x10).u8(signed ? 8 : 0).u16(0).u32(bytes);
    return type.u16(0).u16(8 * bytes).toArray();
  }

  /** IEEE 754 of 4 or 8 bytes. */
  private static byte[] floating(int bytes) {
    int bits = 8 * bytes;
    int mantissaBits = bytes == 4 ? 23 : 52;
    int exponentBits = bits - 1 - mantissaBits;
    Bytes type = new Bytes().u8(0x11).u8(0x20).u8(bits - 1).u8(0).u32(bytes);
    type.u16(0).u16(bits).u8(mantissaBits).u8(exponentBits).u8(0).u8(mantissaBits);
    return type.u32((1 << (exponentBits - 1)) - 1).toArray();
  }

  /** A compound of r and i, h5py's convention for complex numbers. */
  private static byte[] complex(int partBytes) {
    byte[] part = floating(partBytes);
    Bytes type = new Bytes().u8(0x36).u8(2).u16(0).u32(2 * partBytes);
    return type.text("r\0").u8(0).raw(part).text("i\0").u8(partBytes).raw(part).toArray();
  }
}
