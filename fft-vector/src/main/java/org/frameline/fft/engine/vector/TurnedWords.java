package org.frameline.fft.engine.vector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of a frame, as words of four bytes, turned: the same word of sixteen rows lies beside each
 * other. Not thread-safe.
 */
final class TurnedWords {
  /** So many rows lie beside each other. */
  static final int ROWS = 16;

  private static final int SIDE = 8;

  private static final VectorSpecies<Integer> WIDTH = IntVector.SPECIES_256;

  private static final VectorShuffle<Integer> SWAP_4 = VectorShuffle.fromOp(WIDTH, i -> i ^ 4);
  private static final VectorShuffle<Integer> SWAP_2 = VectorShuffle.fromOp(WIDTH, i -> i ^ 2);
  private static final VectorShuffle<Integer> SWAP_1 = VectorShuffle.fromOp(WIDTH, i -> i ^ 1);

  private static final VectorMask<Integer> UPPER_4 = VectorMask.fromLong(WIDTH, 0xf0);
  private static final VectorMask<Integer> UPPER_2 = VectorMask.fromLong(WIDTH, 0xcc);
  private static final VectorMask<Integer> UPPER_1 = VectorMask.fromLong(WIDTH, 0xaa);

  private final int rowBytes;
  private final int[][] rows;
  private final IntBuffer[] words = new IntBuffer[Integer.BYTES];
  private ByteBuffer bytes;

  /** For rows of so many bytes. */
  TurnedWords(int rowBytes) {
    this.rowBytes = rowBytes;
    rows = new int[ROWS][rowBytes / Integer.BYTES + SIDE];
  }

  /** Starts a frame at the buffer's first byte. */
  void begin(ByteBuffer frame) {
    bytes = frame;
    for (int first = 0; first < words.length; first++) {
      int begin = Math.min(first, frame.capacity());
      words[first] =
          frame.slice(begin, frame.capacity() - begin).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    }
  }

  /** Lets go of the frame. */
  void end() {
    bytes = null;
    Arrays.fill(words, null);
  }

  /**
   * Reads every second row.
   *
   * @param count how many, {@link #ROWS} at most
   */
  void read(int first, int count) {
    int whole = rowBytes / Integer.BYTES;
    for (int i = 0; i < count; i++) {
      int at = (first + 2 * i) * rowBytes;
      words[at % Integer.BYTES].get(at / Integer.BYTES, rows[i], 0, whole);
      int last = 0;
      for (int rest = Integer.BYTES * whole; rest < rowBytes; rest++) {
        last |= (bytes.get(at + rest) & 0xff) << Byte.SIZE * rest;
      }
      rows[i][whole] = last;
    }
  }

  /**
   * Turns a part of what was read: {@code to[ROWS w + i]} is word {@code first + w} of row i.
   *
   * @param count how many words; up to seven more are written
   */
  void turn(int first, int count, int[] to) {
    for (int row = 0; row < ROWS; row += SIDE) {
      eight(rows, row, first, count, to);
    }
  }

  /** As {@link Eight32} does. */
  private static void eight(int[][] rows, int row, int first, int count, int[] to) {
    int[] x0 = rows[row];
    int[] x1 = rows[row + 1];
    int[] x2 = rows[row + 2];
    int[] x3 = rows[row + 3];
    int[] x4 = rows[row + 4];
    int[] x5 = rows[row + 5];
    int[] x6 = rows[row + 6];
    int[] x7 = rows[row + 7];
    for (int i = 0; i < count; i += SIDE) {
      int from = first + i;
      IntVector a0 = IntVector.fromArray(WIDTH, x0, from);
      IntVector a1 = IntVector.fromArray(WIDTH, x1, from);
      IntVector a2 = IntVector.fromArray(WIDTH, x2, from);
      IntVector a3 = IntVector.fromArray(WIDTH, x3, from);
      IntVector a4 = IntVector.fromArray(WIDTH, x4, from);
      IntVector a5 = IntVector.fromArray(WIDTH, x5, from);
      IntVector a6 = IntVector.fromArray(WIDTH, x6, from);
      IntVector a7 = IntVector.fromArray(WIDTH, x7, from);
      IntVector b0 = a0.blend(a4.rearrange(SWAP_4), UPPER_4);
      IntVector b4 = a0.rearrange(SWAP_4).blend(a4, UPPER_4);
      IntVector b1 = a1.blend(a5.rearrange(SWAP_4), UPPER_4);
      IntVector b5 = a1.rearrange(SWAP_4).blend(a5, UPPER_4);
      IntVector b2 = a2.blend(a6.rearrange(SWAP_4), UPPER_4);
      IntVector b6 = a2.rearrange(SWAP_4).blend(a6, UPPER_4);
      IntVector b3 = a3.blend(a7.rearrange(SWAP_4), UPPER_4);
      IntVector b7 = a3.rearrange(SWAP_4).blend(a7, UPPER_4);
      IntVector c0 = b0.blend(b2.rearrange(SWAP_2), UPPER_2);
      IntVector c2 = b0.rearrange(SWAP_2).blend(b2, UPPER_2);
      IntVector c1 = b1.blend(b3.rearrange(SWAP_2), UPPER_2);
      IntVector c3 = b1.rearrange(SWAP_2).blend(b3, UPPER_2);
      IntVector c4 = b4.blend(b6.rearrange(SWAP_2), UPPER_2);
      IntVector c6 = b4.rearrange(SWAP_2).blend(b6, UPPER_2);
      IntVector c5 = b5.blend(b7.rearrange(SWAP_2), UPPER_2);
      IntVector c7 = b5.rearrange(SWAP_2).blend(b7, UPPER_2);
      IntVector d0 = c0.blend(c1.rearrange(SWAP_1), UPPER_1);
      IntVector d1 = c0.rearrange(SWAP_1).blend(c1, UPPER_1);
      IntVector d2 = c2.blend(c3.rearrange(SWAP_1), UPPER_1);
      IntVector d3 = c2.rearrange(SWAP_1).blend(c3, UPPER_1);
      IntVector d4 = c4.blend(c5.rearrange(SWAP_1), UPPER_1);
      IntVector d5 = c4.rearrange(SWAP_1).blend(c5, UPPER_1);
      IntVector d6 = c6.blend(c7.rearrange(SWAP_1), UPPER_1);
      IntVector d7 = c6.rearrange(SWAP_1).blend(c7, UPPER_1);
      int at = ROWS * i + row;
      d0.intoArray(to, at);
      d1.intoArray(to, at + ROWS);
      d2.intoArray(to, at + 2 * ROWS);
      d3.intoArray(to, at + 3 * ROWS);
      d4.intoArray(to, at + 4 * ROWS);
      d5.intoArray(to, at + 5 * ROWS);
      d6.intoArray(to, at + 6 * ROWS);
      d7.intoArray(to, at + 7 * ROWS);
    }
  }
}
