package org.frameline.fft.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At lengths that end with a vector, and within one. */
final class LogOfRootsTest {
  private static final long SEED = 20261127;

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 321, 20_000})
  void isCloseToTheLogarithmInSinglePrecision(int length) {
    float[] row = new float[length];
    double[] expected = new double[length];
    for (int i = 0; i < length; i++) {
      row[i] = (float) power(i);
      expected[i] = Math.log1p(Math.sqrt(row[i]));
    }
    new LogOfRoots32(length).apply(row);
    for (int i = 0; i < length; i++) {
      assertThat((double) row[i]).isCloseTo(expected[i], within(1.5e-7 * expected[i]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 321, 20_000})
  void isCloseToTheLogarithmInDoublePrecision(int length) {
    double[] row = new double[length];
    double[] expected = new double[length];
    for (int i = 0; i < length; i++) {
      row[i] = power(i);
      expected[i] = Math.log1p(Math.sqrt(row[i]));
    }
    new LogOfRoots64(length).apply(row);
    for (int i = 0; i < length; i++) {
      assertThat(row[i]).isCloseTo(expected[i], within(5e-16 * expected[i]));
    }
  }

  /** Zero first, then what frames of any size come to, and less. */
  private static double power(int i) {
    return i == 0 ? 0 : Math.pow(10, 48 * new Random(SEED + i).nextDouble() - 20);
  }
}
