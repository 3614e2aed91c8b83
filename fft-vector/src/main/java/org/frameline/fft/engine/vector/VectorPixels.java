package org.frameline.fft.engine.vector;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.SUB;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.engine.plain.FramePixels32;

/**
 * One channel of a frame {@code [H,W,C]}, interleaved. Samples are taken out of words that hold all
 * channels, after these have been turned: there are fewer of them. In single precision alone. One
 * thread.
 */
final class VectorPixels implements FramePixels32 {
  /** Pixels of more bytes have too much in their words that is not of the channel. */
  private static final int MOST_BYTES = 8;

  /** So many lines are filled before the next rows: the turned words stay in the first cache. */
  private static final int LINES = 64;

  /** After so many pixels a sample has the same place in its word again. */
  private static final int PERIOD = Integer.BYTES;

  private static final VectorSpecies<Float> WIDTH = Width32.SPECIES;

  /** 2^22 and its bits: with a sample added to the bits, half of it is added to the number. */
  private static final FloatVector FOUR_MILLION = FloatVector.broadcast(WIDTH, 4194304f);

  private static final int FOUR_MILLION_BITS = 0x4a800000;

  private static final VectorSpecies<Integer> INTS = WIDTH.withLanes(int.class);

  private final int width;
  private final int sampleBytes;
  private final int pixelBytes;
  private final TurnedWords words;
  private final int[] turned;
  private int channel;

  VectorPixels(SpectrumFormat format) {
    width = format.width();
    sampleBytes = format.inputType().bytes();
    pixelBytes = format.channels() * sampleBytes;
    words = new TurnedWords(width * pixelBytes);
    turned = new int[LINES * pixelBytes / Integer.BYTES * TurnedWords.ROWS];
  }

  /** Whether it is quicker than loading number by number. */
  static boolean suits(SpectrumFormat format) {
    return format.channels() * format.inputType().bytes() <= MOST_BYTES;
  }

  @Override
  public void begin(ByteBuffer frame) {
    words.begin(frame);
  }

  @Override
  public void select(int channelIndex) {
    channel = channelIndex;
  }

  @Override
  public void end() {
    words.end();
  }

  @Override
  public void load(int first, int count, float[][] lines) {
    for (int done = 0; done < count; done += TurnedWords.ROWS) {
      int rows = Math.min(TurnedWords.ROWS, count - done);
      words.read(first + 2 * done, rows);
      for (int x = 0; x < width; x += LINES) {
        int end = Math.min(x + LINES, width);
        int begin = x * pixelBytes / Integer.BYTES;
        words.turn(begin, (end * pixelBytes + Integer.BYTES - 1) / Integer.BYTES - begin, turned);
        for (int row = 0; row < rows; row += Width32.LANES) {
          put(row, lines, done + row, x, end);
        }
      }
    }
  }

  private void put(int row, float[][] lines, int lane, int begin, int end) {
    int mask = (1 << Byte.SIZE * sampleBytes) - 1;
    int step = TurnedWords.ROWS * PERIOD * pixelBytes / Integer.BYTES;
    for (int i = 0; i < PERIOD; i++) {
      int at = i * pixelBytes + channel * sampleBytes;
      int word = TurnedWords.ROWS * (at / Integer.BYTES) + row;
      samples(turned, word, step, Byte.SIZE * at, mask, lines, lane, begin + i, end);
    }
  }

  /** A shift by more bits than a word has is one by those that are left. */
  private static void samples(
      int[] words,
      int first,
      int step,
      int shift,
      int mask,
      float[][] lines,
      int lane,
      int begin,
      int end) {
    for (int x = begin, word = first; x < end; x += PERIOD, word += step) {
      var samples = IntVector.fromArray(INTS, words, word).lanewise(LSHR, shift).and(mask);
      samples
          .lanewise(OR, FOUR_MILLION_BITS)
          .reinterpretAsFloats()
          .lanewise(SUB, FOUR_MILLION)
          .intoArray(lines[x], lane);
    }
  }
}
