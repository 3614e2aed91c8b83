package org.frameline.recording.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first 48 bytes of the file, version 2: where the file ends and where its root group is.
 * Writing them anew is what makes a checkpoint valid.
 *
 * @param endOfFile everything that is valid lies below; the file itself may be longer
 * @param rootAddress object header of the root group
 */
public record Superblock(long endOfFile, long rootAddress) {

  public static final int BYTES = 48;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int CHECKED_BYTES = 44;

  /** Whether bytes begin as every HDF5 file does. */
  public static boolean isHdf5(ByteBuffer start) {
    return start.remaining() >= SIGNATURE.length
        && start.slice(start.position(), SIGNATURE.length).equals(ByteBuffer.wrap(SIGNATURE));
  }

  public ByteBuffer encode() {
    Bytes bytes = new Bytes().raw(SIGNATURE).u8(2).u8(8).u8(8).u8(0);
    bytes.u64(0).u64(HeaderMessage.UNDEFINED).u64(endOfFile).u64(rootAddress);
    return ByteBuffer.wrap(bytes.checksum().toArray());
  }

  /**
   * Reads a superblock of version 2 or 3, as Frameline and {@code libver="latest"} write it.
   *
   * @throws IOException saying what was expected
   */
  public static Superblock decode(ByteBuffer bytes) throws IOException {
    byte[] start = new byte[CHECKED_BYTES];
    if (bytes.remaining() < BYTES) {
      throw new IOException("expected an HDF5 file, found " + bytes.remaining() + " bytes");
    }
    bytes.order(ByteOrder.LITTLE_ENDIAN).get(start);
    if (!isHdf5(ByteBuffer.wrap(start))) {
      throw new IOException("expected an HDF5 file, found another signature");
    }
    ByteBuffer fields = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    if (start[8] != 2 && start[8] != 3) {
      throw new IOException("expected HDF5 superblock version 2 or 3, found " + start[8]);
    }
    if (bytes.getInt() != Bytes.lookup3(start)) {
      throw new IOException("expected a valid HDF5 superblock, its checksum is wrong");
    }
    if (start[9] != 8 || start[10] != 8 || start[11] != 0 || fields.getLong(12) != 0) {
      throw new IOException("expected 8-byte offsets from 0 and no open writer in the superblock");
    }
    return new Superblock(fields.getLong(28), fields.getLong(36));
  }
}
