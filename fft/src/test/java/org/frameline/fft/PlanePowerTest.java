package org.frameline.fft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.frameline.protocol.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The power of planes is that of frames with one channel, which the tests against numpy judge, in
 * double precision.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("org.frameline.fft.Engines#here")
final class PlanePowerTest {
  @Parameter String engine;

  @ParameterizedTest
  @CsvSource({"1,1", "1,8", "8,1", "2,3", "7,10", "61,80", "35,106", "480,640", "509,251"})
  void isThatOfFrames(int height, int width) {
    byte[] pixels = pixels(height, width, 1);
    assertSame(power(plan(height, width), pixels, width), expected(pixels, height, width));
  }

  @Test
  void givesTheSameWhateverCameBefore() {
    PlanePower plan = plan(35, 106);
    float[] first = power(plan, pixels(35, 106, 1), 106);
    assertThat(power(plan, pixels(35, 106, 2), 106)).isNotEqualTo(first);
    assertThat(power(plan, pixels(35, 106, 1), 106)).isEqualTo(first);
  }

  private PlanePower plan(int height, int width) {
    return Engines.named(engine).power32(height, width);
  }

  private static byte[] pixels(int height, int width, long seed) {
    byte[] pixels = new byte[height * width];
    new Random(seed).nextBytes(pixels);
    return pixels;
  }

  private static float[] power(PlanePower plan, byte[] pixels, int width) {
    float[] power = new float[pixels.length / width * (width / 2 + 1)];
    plan.transform(
        (first, count, factor, lines) -> {
          for (int x = 0; x < width; x++) {
            for (int i = 0; i < count; i++) {
              lines[x][i] = factor * (pixels[(first + 2 * i) * width + x] & 0xff);
            }
          }
        },
        power);
    return power;
  }

  private double[] expected(byte[] pixels, int height, int width) {
    SpectrumFormat format =
        new SpectrumFormat(
            List.of(height, width), ElementType.UINT8, SpectrumOutput.POWER, Precision.FLOAT64);
    ByteBuffer out = ByteBuffer.allocate(format.outputBytes()).order(ByteOrder.LITTLE_ENDIAN);
    new SpectrumTransform(format, Engines.named(engine)).transform(ByteBuffer.wrap(pixels), out);
    double[] power = new double[out.capacity() / Double.BYTES];
    out.asDoubleBuffer().get(power);
    return power;
  }

  private static void assertSame(float[] found, double[] expected) {
    double most = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      most = Math.max(most, expected[i]);
      worst = Math.max(worst, Math.abs(found[i] - expected[i]));
    }
    assertThat(found).hasSameSizeAs(expected);
    assertThat(worst / most).isLessThan(1e-6);
  }
}
