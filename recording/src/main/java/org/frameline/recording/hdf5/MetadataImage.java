package org.frameline.recording.hdf5;

import java.nio.ByteBuffer;

/**
 * Metadata in the making, with the place in the file where it will be written already known, so
 * that structures can point to each other. Used by one thread.
 */
public final class MetadataImage {

  private final long base;
  private final Bytes bytes = new Bytes();

  public MetadataImage(long base) {
    this.base = base;
  }

  /** Adds a structure and returns the address in the file that it will have. */
  public long place(byte[] structure) {
    bytes.pad8();
    long address = base + bytes.size();
    bytes.raw(structure);
    return address;
  }

  public long base() {
    return base;
  }

  /** First address behind the image. */
  public long end() {
    return base + bytes.size();
  }

  public ByteBuffer content() {
    return ByteBuffer.wrap(bytes.toArray());
  }
}
