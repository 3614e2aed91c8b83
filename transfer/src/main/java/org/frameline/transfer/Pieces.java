package org.frameline.transfer;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** How files are divided: into pieces of 1 MiB, the last one shorter. Without state. */
final class Pieces {
  /** Bytes of a piece. */
  static final int BYTES = 1 << 20;

  /** Most pieces whose sums are told in one answer. */
  static final int MOST_SUMS = 16;

  /** Characters of a piece's sum. */
  static final int SUM_LENGTH = 64;

  private Pieces() {}

  /** Length of the piece that begins at an offset of a file. */
  static int length(long offset, long size) {
    return (int) Math.min(BYTES, size - offset);
  }

  /** Where the piece with this byte begins. */
  static long begin(long offset) {
    return offset / BYTES * BYTES;
  }

  /** SHA-256 of what remains in a buffer, in hexadecimal digits. */
  static String sum(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What an answer says of the bytes behind it. */
  static long crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return crc.getValue();
  }
}
