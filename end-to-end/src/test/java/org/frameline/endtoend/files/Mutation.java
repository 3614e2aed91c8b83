package org.frameline.endtoend.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.frameline.recording.hdf5.Bytes;

/**
 * Damage to a file, chosen by a random number: flipped bits, fields that become huge, negative or
 * an address elsewhere in the file, blocks that change places, an end that comes too early. Half of
 * the time checksums are put right afterwards, so that more than the first check is met. Used by
 * one thread.
 */
final class Mutation {
  private static final long[] WRONG = {
    -1,
    0,
    1,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Integer.MAX_VALUE,
    1L << 31,
    1L << 40,
    0x7fff,
    0xffff,
    0xffff_ffffL,
    1L << 28,
    1L << 62
  };
  private static final int[] WIDTHS = {1, 2, 4, 8};
  private static final int MOST_HEADER_BYTES = 1 << 16;
  private static final int TREE_BYTES = 38;

  private final byte[] original;
  private final int[] interesting;
  private final List<int[]> structures = new ArrayList<>();

  /** Of a file whose bytes nobody changes. */
  Mutation(byte[] original) {
    this.original = original;
    interesting = interesting(original);
    for (int at = 0; at + 12 < original.length; at++) {
      int bytes = structureAt(at);
      if (bytes > 0) {
        structures.add(new int[] {at, bytes});
      }
    }
  }

  /** Zeros by the megabyte are nothing that anybody reads. */
  private static int[] interesting(byte[] file) {
    int[] places = new int[file.length];
    int count = 0;
    int lastUsed = -100;
    for (int at = 0; at < file.length; at++) {
      lastUsed = file[at] == 0 ? lastUsed : at;
      if (at - lastUsed < 16) {
        places[count++] = at;
      }
    }
    return Arrays.copyOf(places, count);
  }

  /** Bytes of a structure with a checksum behind it, 0 where there is none. */
  private int structureAt(int at) {
    String name = new String(original, at, 4, StandardCharsets.ISO_8859_1);
    if (name.equals("BTHD")) {
      return TREE_BYTES;
    }
    if (at == 0 && name.equals("\u0089HDF") && original[8] >= 2) {
      return 48;
    }
    if (!name.equals("OHDR") || original[at + 4] != 2) {
      return 0;
    }
    ByteBuffer header = ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).position(at + 5);
    int flags = header.get();
    header.position(
        header.position() + ((flags & 0x20) == 0 ? 0 : 16) + ((flags & 0x10) == 0 ? 0 : 4));
    long size =
        switch (flags & 3) {
          case 0 -> header.get() & 0xff;
          case 1 -> header.getShort() & 0xffff;
          case 2 -> header.getInt();
          default -> header.getLong();
        };
    long bytes = header.position() - at + size + 4;
    return size > 0 && size < MOST_HEADER_BYTES && at + bytes <= original.length ? (int) bytes : 0;
  }

  /** Another damaged copy. */
  byte[] next(Random random) {
    byte[] file = original.clone();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      file = damaged(file, random);
    }
    if (random.nextBoolean()) {
      mendChecksums(file);
    }
    return file;
  }

  private byte[] damaged(byte[] file, Random random) {
    int at = Math.min(place(random), Math.max(0, file.length - 1));
    switch (random.nextInt(10)) {
      case 0 -> {
        return Arrays.copyOf(file, random.nextInt(file.length + 1));
      }
      case 1, 2 -> file[at] ^= (byte) (1 << random.nextInt(8));
      case 3 -> swap(file, at, place(random), 1 << random.nextInt(9));
      case 4 -> {
        for (int i = at; i < Math.min(file.length, at + random.nextInt(300)); i++) {
          file[i] = (byte) random.nextInt();
        }
      }
      case 5 -> put(file, at, 8, place(random));
      case 6 -> put(file, at, 8, structure(random));
      default -> put(file, at, WIDTHS[random.nextInt(4)], WRONG[random.nextInt(WRONG.length)]);
    }
    return file;
  }

  /** Half of them in structures: there are more pixels than headers. */
  private int place(Random random) {
    if (!structures.isEmpty() && random.nextBoolean()) {
      int[] structure = structures.get(random.nextInt(structures.size()));
      return structure[0] + random.nextInt(structure[1]);
    }
    return interesting[random.nextInt(interesting.length)];
  }

  private long structure(Random random) {
    return structures.isEmpty()
        ? place(random)
        : structures.get(random.nextInt(structures.size()))[0];
  }

  private static void swap(byte[] file, int at, int other, int bytes) {
    int length = Math.min(bytes, file.length - Math.max(at, other));
    for (int i = 0; i < length; i++) {
      byte kept = file[at + i];
      file[at + i] = file[other + i];
      file[other + i] = kept;
    }
  }

  private static void put(byte[] file, int at, int width, long value) {
    for (int i = 0; i < width && at + i < file.length; i++) {
      file[at + i] = (byte) (value >> (8 * i));
    }
  }

  private void mendChecksums(byte[] file) {
    for (int[] structure : structures) {
      int end = structure[0] + structure[1] - 4;
      if (end + 4 <= file.length) {
        put(file, end, 4, Bytes.lookup3(Arrays.copyOfRange(file, structure[0], end)));
      }
    }
  }
}
