package org.frameline.recording.hdf5;

import java.nio.charset.StandardCharsets;

/**
 * A global heap collection of texts, after chapter III.E of the HDF5 File Format Specification 3.0.
 * Used by one thread.
 */
final class StringHeap {

  /** libhdf5 reads at least this much of a collection. */
  private static final int MIN_BYTES = 4096;

  private static final int PREFIX_BYTES = 16;
  private static final int OBJECT_PREFIX_BYTES = 16;

  private final long address;
  private final Bytes objects = new Bytes();
  private int count;

  StringHeap(long address) {
    this.address = address;
  }

  /** Keeps a text and returns the 16 bytes that stand for it in an attribute. */
  byte[] add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length == 0) {
      return new byte[16];
    }
    count++;
    objects.u16(count).u16(1).u32(0).u64(utf8.length).raw(utf8).pad8();
    return new Bytes().u32(utf8.length).u64(address).u32(count).toArray();
  }

  byte[] toArray() {
    int used = PREFIX_BYTES + objects.size();
    int size = Math.max(MIN_BYTES, used + OBJECT_PREFIX_BYTES);
    Bytes collection = new Bytes().text("GCOL").u8(1).u8(0).u16(0).u64(size);
    collection.raw(objects.toArray());
    // Object 0 is the free space, its own prefix included.
    collection.u16(0).u16(0).u32(0).u64(size - used);
    return collection.zerosTo(size).toArray();
  }
}
