package org.frameline.fft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The judge is Math.log1p, within one unit in the last place by its contract. */
final class LogarithmTest {

  @Test
  void isExactToSevenDigitsInSinglePrecisionFromTinyToHuge() {
    float[] inputs = new float[200_000];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) Math.pow(10, -30 + 60.0 * i / inputs.length);
    }
    float[] results = inputs.clone();
    new Log1p32(results.length).apply(results);
    for (int i = 0; i < inputs.length; i++) {
      double expected = Math.log1p(inputs[i]);
      assertThat((double) results[i])
          .as("log1p(%s)", inputs[i])
          .isCloseTo(expected, within(1e-7 * expected));
    }
  }

  @Test
  void isExactToFifteenDigitsInDoublePrecision() {
    double[] inputs = new double[200_000];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = Math.pow(10, -30 + 60.0 * i / inputs.length);
    }
    double[] results = inputs.clone();
    new Log1p64(results.length).apply(results);
    for (int i = 0; i < inputs.length; i++) {
      double expected = Math.log1p(inputs[i]);
      assertThat(results[i])
          .as("log1p(%s)", inputs[i])
          .isCloseTo(expected, within(1e-15 * expected));
    }
  }

  @Test
  void ofOnePlusZeroIsZero() {
    float[] row = new float[5];
    new Log1p32(5).apply(row);
    assertThat(row).containsOnly(0f);
    double[] wide = new double[5];
    new Log1p64(5).apply(wide);
    assertThat(wide).containsOnly(0);
  }
}
