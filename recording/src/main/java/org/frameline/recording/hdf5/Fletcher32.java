package org.frameline.recording.hdf5;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * HDF5's Fletcher checksum ({@code H5_checksum_fletcher32} in H5checksum.c): two sums over the
 * 16-bit words of the bytes, first byte high, modulo 65535; the last byte of an odd number is the
 * high half of a word. Fed in pieces of any length.
 *
 * <p>Reads 8 bytes at a time and adds their four words at once, in lanes of 32 bits. The bytes of
 * each word are then the wrong way round, which modulo 65535 is a factor of 256, applied once per
 * block. Large pieces go through arrays, two rows at a time, in a loop that the JVM turns into
 * vector instructions: as fast as memory is. Not thread-safe.
 */
public final class Fletcher32 {

  /** How much HDF5's filter appends to a chunk. */
  public static final int BYTES = 4;

  private static final int MODULUS = 65535;
  private static final long LANES = 0x0000FFFF0000FFFFL;
  private static final long LOW_LANE = 0xFFFFFFFFL;
  private static final int WORDS = 4;

  /** The second sum of a lane, at most 65535 n (n + 1) / 2, has to fit 32 bits. */
  private static final int BLOCK = 360;

  private static final int ROW_LONGS = 128;
  private static final int PAIR_BYTES = 2 * ROW_LONGS * Long.BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long[] pair = new long[2 * ROW_LONGS];
  private final long[] even1 = new long[ROW_LONGS];
  private final long[] even2 = new long[ROW_LONGS];
  private final long[] odd1 = new long[ROW_LONGS];
  private final long[] odd2 = new long[ROW_LONGS];
  private long sum1;
  private long sum2;
  private int pending = -1;

  /** The checksum of some bytes, whose position and limit stay where they are. */
  public static int of(ByteBuffer bytes) {
    return new Fletcher32().update(bytes).value();
  }

  public Fletcher32 reset() {
    sum1 = 0;
    sum2 = 0;
    pending = -1;
    return this;
  }

  /** Adds what is between the buffer's position and its limit, and leaves both where they are. */
  public Fletcher32 update(ByteBuffer bytes) {
    int at = bytes.position();
    int end = bytes.limit();
    if (pending >= 0 && at < end) {
      addWord(pending << Byte.SIZE | (bytes.get(at) & 0xFF));
      pending = -1;
      at++;
    }
    if (end - at >= PAIR_BYTES) {
      at = addPairs(bytes, at);
    }
    while (end - at >= Long.BYTES) {
      int longs = Math.min(BLOCK, (end - at) / Long.BYTES);
      addLongs(bytes, at, longs);
      at += longs * Long.BYTES;
    }
    for (; end - at >= 2; at += 2) {
      addWord((bytes.get(at) & 0xFF) << Byte.SIZE | (bytes.get(at + 1) & 0xFF));
    }
    if (at < end) {
      pending = bytes.get(at) & 0xFF;
    }
    return this;
  }

  /** Adds as many zeros. */
  public Fletcher32 updateZeros(long count) {
    long left = count;
    if (pending >= 0 && left > 0) {
      addWord(pending << Byte.SIZE);
      pending = -1;
      left--;
    }
    // A zero leaves the first sum as it is, and adds it to the second.
    sum2 = fold(sum2 + left / 2 % MODULUS * sum1);
    if (left % 2 == 1) {
      pending = 0;
    }
    return this;
  }

  /** The checksum of everything added so far; more may follow. */
  public int value() {
    long first = sum1;
    long second = sum2;
    if (pending >= 0) {
      first = fold(first + ((long) pending << Byte.SIZE));
      second = fold(second + first);
    }
    return (int) (second << Short.SIZE | first);
  }

  private void addWord(int word) {
    sum1 = fold(sum1 + word);
    sum2 = fold(sum2 + sum1);
  }

  /** Word k of a long is in lane k. A word weighs as many as follow it, and one. */
  private void addLongs(ByteBuffer bytes, int start, int longs) {
    long first02 = 0;
    long first13 = 0;
    long second02 = 0;
    long second13 = 0;
    int end = start + longs * Long.BYTES;
    for (int at = start; at < end; at += Long.BYTES) {
      long four = (long) LONG.get(bytes, at);
      first02 += four & LANES;
      first13 += four >>> Short.SIZE & LANES;
      second02 += first02;
      second13 += first13;
    }
    addBlock(
        (long) longs * WORDS,
        total(first02) + total(first13),
        WORDS * (total(second02) + total(second13)) - placeInLong(first02, first13));
  }

  /** Adds all whole pairs of rows, and returns where they end. */
  private int addPairs(ByteBuffer bytes, int start) {
    LongBuffer longs =
        bytes.duplicate().position(start).slice().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    int left = longs.remaining() / (2 * ROW_LONGS);
    int end = start + left * PAIR_BYTES;
    while (left > 0) {
      int pairs = Math.min(left, BLOCK / 2);
      for (int i = 0; i < pairs; i++) {
        longs.get(pair);
        addPair(pair, even1, even2, odd1, odd2);
      }
      finishRows(2 * pairs);
      left -= pairs;
    }
    return end;
  }

  /** Two rows at a time halve the work on the sums; with four the JVM finds no vectors. */
  private static void addPair(long[] pair, long[] even1, long[] even2, long[] odd1, long[] odd2) {
    for (int i = 0; i < ROW_LONGS; i++) {
      long even = even1[i] + (pair[i] & LANES);
      long nextEven = even + (pair[i + ROW_LONGS] & LANES);
      even1[i] = nextEven;
      even2[i] = even2[i] + even + nextEven;
      long odd = odd1[i] + (pair[i] >>> Short.SIZE & LANES);
      long nextOdd = odd + (pair[i + ROW_LONGS] >>> Short.SIZE & LANES);
      odd1[i] = nextOdd;
      odd2[i] = odd2[i] + odd + nextOdd;
    }
  }

  private void finishRows(int rows) {
    long first = 0;
    long weighed = 0;
    long places = 0;
    for (int i = 0; i < ROW_LONGS; i++) {
      long column = total(even1[i]) + total(odd1[i]);
      first += column;
      weighed += total(even2[i]) + total(odd2[i]);
      places += (long) WORDS * i * column + placeInLong(even1[i], odd1[i]);
    }
    addBlock((long) rows * ROW_LONGS * WORDS, first, WORDS * ROW_LONGS * weighed - places);
    Arrays.fill(even1, 0);
    Arrays.fill(even2, 0);
    Arrays.fill(odd1, 0);
    Arrays.fill(odd2, 0);
  }

  private static long total(long lanes) {
    return (lanes & LOW_LANE) + (lanes >>> Integer.SIZE);
  }

  /** What the words of longs weigh less, because they are not the first of their long. */
  private static long placeInLong(long even, long odd) {
    return (odd & LOW_LANE) + 2 * (even >>> Integer.SIZE) + 3 * (odd >>> Integer.SIZE);
  }

  /** Appends sums of swapped words. */
  private void addBlock(long words, long first, long second) {
    sum2 = fold(sum2 + words * sum1 + fold(second) * 256);
    sum1 = fold(sum1 + fold(first) * 256);
  }

  /** Modulo 65535, but 65535 instead of 0 for anything but 0, as adding with carry gives it. */
  private static long fold(long sum) {
    long folded = sum;
    while (folded > MODULUS) {
      folded = (folded & MODULUS) + (folded >>> Short.SIZE);
    }
    return folded;
  }
}
