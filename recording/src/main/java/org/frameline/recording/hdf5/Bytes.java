package org.frameline.recording.hdf5;

import io.jhdf.checksum.ChecksumUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Little-endian bytes in the making, as every HDF5 structure is. Used by one thread. */
public final class Bytes {

  private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

  Bytes u8(int value) {
    room(1).put((byte) value);
    return this;
  }

  Bytes u16(int value) {
    room(2).putShort((short) value);
    return this;
  }

  Bytes u32(int value) {
    room(4).putInt(value);
    return this;
  }

  Bytes u64(long value) {
    room(8).putLong(value);
    return this;
  }

  Bytes f64(double value) {
    room(8).putDouble(value);
    return this;
  }

  /** The low {@code size} bytes of a number, 1 to 8. */
  Bytes sized(long value, int size) {
    for (int i = 0; i < size; i++) {
      u8((int) (value >>> (8 * i)));
    }
    return this;
  }

  Bytes raw(byte[] bytes) {
    room(bytes.length).put(bytes);
    return this;
  }

  Bytes text(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Fills with zeros up to a multiple of 8. */
  Bytes pad8() {
    while (buffer.position() % 8 != 0) {
      u8(0);
    }
    return this;
  }

  Bytes zerosTo(int size) {
    room(size - buffer.position());
    buffer.position(size);
    return this;
  }

  /** Appends the lookup3 checksum of everything before it. */
  Bytes checksum() {
    return u32(lookup3(toArray()));
  }

  /** The checksum that HDF5 has behind its metadata. */
  public static int lookup3(byte[] bytes) {
    return ChecksumUtils.checksum(bytes);
  }

  int size() {
    return buffer.position();
  }

  byte[] toArray() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int capacity = Math.max(2 * buffer.capacity(), buffer.position() + bytes);
      buffer = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(toArray());
    }
    return buffer;
  }
}
