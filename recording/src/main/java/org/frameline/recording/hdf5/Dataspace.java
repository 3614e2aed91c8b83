package org.frameline.recording.hdf5;

/** Encoded dataspaces, version 2: how many elements there are, and how many there may be. */
public final class Dataspace {

  private static final long UNLIMITED = -1L;

  private Dataspace() {}

  public static byte[] scalar() {
    return new Bytes().u8(2).u8(0).u8(0).u8(0).toArray();
  }

  public static byte[] vector(int length) {
    return new Bytes().u8(2).u8(1).u8(0).u8(1).u64(length).toArray();
  }

  static byte[] fixed(int... dimensions) {
    Bytes bytes = new Bytes().u8(2).u8(dimensions.length).u8(0).u8(1);
    for (int length : dimensions) {
      bytes.u64(length);
    }
    return bytes.toArray();
  }

  static byte[] growing(long... dimensions) {
    Bytes bytes = new Bytes().u8(2).u8(dimensions.length).u8(1).u8(1);
    for (long length : dimensions) {
      bytes.u64(length);
    }
    bytes.u64(UNLIMITED);
    for (int i = 1; i < dimensions.length; i++) {
      bytes.u64(dimensions[i]);
    }
    return bytes.toArray();
  }
}
