package org.frameline.fft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.frameline.fft.engine.jtransforms.JTransformsEngine;
import org.frameline.protocol.ElementType;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every engine at sizes that no one would list. The judge is JTransforms in double precision, which
 * the tests against numpy judge in their turn.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("org.frameline.fft.Engines#here")
final class SpectrumOfManySizesTest {
  private static final int LARGEST = 40;

  @Parameter String engine;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void agreesAtEverySmallSize(Precision precision) {
    for (int height = 1; height <= LARGEST; height++) {
      for (int width = 1; width <= LARGEST; width++) {
        requireAgreement(List.of(height, width), ElementType.UINT8, precision);
      }
    }
  }

  /** Primes beyond the small ones alone, twice, times others; heights and widths of cameras. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          97 101 1
          101 97 3
          127 251 4
          251 127 1
          509 1 1
          1 509 3
          1 251 1
          106 118 1
          2809 3 1
          49 121 1
          169 77 2
          343 13 1
          1001 22 1
          1024 1280 1
          1080 1920 3
          1216 1936 1
          """)
  void agreesAtPrimesAndSizesOfCameras(int height, int width, int channels) {
    for (Precision precision : Precision.values()) {
      requireAgreement(List.of(height, width, channels), ElementType.UINT16, precision);
    }
  }

  private void requireAgreement(List<Integer> shape, ElementType type, Precision precision) {
    byte[] pixels = new byte[format(shape, type, precision).inputBytes()];
    new Random(shape.hashCode()).nextBytes(pixels);
    double[] expected = spectrum(shape, type, Precision.FLOAT64, pixels, new JTransformsEngine());
    double[] found = spectrum(shape, type, precision, pixels, Engines.named(engine));
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      error += (found[i] - expected[i]) * (found[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    assertThat(Math.sqrt(error / norm))
        .as("relative L2 error, %s, %s %s", shape, type, precision)
        .isLessThanOrEqualTo(bound(shape.get(0) * shape.get(1), precision));
  }

  /**
   * Each level of a transform rounds once or twice, so an error grows with the number of levels at
   * most (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., theorem 24.2), and
   * with its root on average. A quarter of a rounding error a level, on top of a few, is what an
   * average may come to, and far below what one wrong number does.
   */
  private static double bound(int numbers, Precision precision) {
    double rounding = precision == Precision.FLOAT32 ? 0x1p-24 : 0x1p-53;
    double levels = Math.log(numbers) / Math.log(2);
    // The judge itself has as many levels, and its large primes three times as many.
    double judged = precision == Precision.FLOAT32 ? 0.25 : 1;
    return rounding * (4 + judged * levels);
  }

  private static double[] spectrum(
      List<Integer> shape, ElementType type, Precision precision, byte[] pixels, FftEngine engine) {
    SpectrumFormat format = format(shape, type, precision);
    ByteBuffer out = ByteBuffer.allocate(format.outputBytes()).order(ByteOrder.LITTLE_ENDIAN);
    new SpectrumTransform(format, engine).transform(ByteBuffer.wrap(pixels), out);
    boolean single = precision == Precision.FLOAT32;
    double[] numbers = new double[out.capacity() / (single ? Float.BYTES : Double.BYTES)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = single ? out.getFloat(Float.BYTES * i) : out.getDouble(Double.BYTES * i);
    }
    return numbers;
  }

  private static SpectrumFormat format(List<Integer> shape, ElementType type, Precision precision) {
    return new SpectrumFormat(shape, type, SpectrumOutput.COMPLEX, precision);
  }
}
