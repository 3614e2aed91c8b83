package org.frameline.fft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.frameline.fft.engine.FftEngines;
import org.frameline.protocol.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an engine may do its own way, and the spectrum is the same. */
final class PlansOfEnginesTest {
  private static final FftEngine ENGINE = FftEngines.all().best();

  /** Finishes the last row first, and hands out the same array for each. */
  private static class Backwards implements FftEngine {
    @Override
    public String name() {
      return "backwards";
    }

    @Override
    public PlaneFft<float[]> float32(int height, int width) {
      PlaneFft<float[]> plan = ENGINE.float32(height, width);
      int numbers = 2 * (width / 2 + 1);
      return (samples, to) -> {
        List<float[]> rows = new ArrayList<>();
        plan.forward(
            samples,
            (row, reIm, offset) -> rows.add(Arrays.copyOfRange(reIm, offset, offset + numbers)));
        float[] shared = new float[numbers + 3];
        Collections.reverse(rows);
        for (int i = 0; i < height; i++) {
          System.arraycopy(rows.get(i), 0, shared, 3, numbers);
          to.put(height - 1 - i, shared, 3);
        }
      };
    }

    @Override
    public PlaneFft<double[]> float64(int height, int width) {
      PlaneFft<double[]> plan = ENGINE.float64(height, width);
      int numbers = 2 * (width / 2 + 1);
      return (samples, to) -> {
        List<double[]> rows = new ArrayList<>();
        plan.forward(
            samples,
            (row, reIm, offset) -> rows.add(Arrays.copyOfRange(reIm, offset, offset + numbers)));
        double[] shared = new double[numbers + 3];
        Collections.reverse(rows);
        for (int i = 0; i < height; i++) {
          System.arraycopy(rows.get(i), 0, shared, 3, numbers);
          to.put(height - 1 - i, shared, 3);
        }
      };
    }
  }

  /** Makes whole spectra itself. */
  private static final class AllOnes extends Backwards {
    @Override
    public FrameFft frames(SpectrumFormat format) {
      return (pixels, out) -> {
        assertThat(List.of(pixels.order(), out.order())).containsOnly(ByteOrder.LITTLE_ENDIAN);
        assertThat(List.of(pixels.position(), out.position())).containsOnly(0);
        assertThat(pixels.capacity()).isEqualTo(format.inputBytes());
        for (int i = 0; i < format.outputBytes(); i++) {
          out.put(i, (byte) 1);
        }
      };
    }
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLEX,FLOAT32",
    "POWER,FLOAT32",
    "LOG_MAGNITUDE,FLOAT32",
    "COMPLEX,FLOAT64",
    "POWER,FLOAT64",
    "LOG_MAGNITUDE,FLOAT64"
  })
  void takesTheRowsOfAPlaneInAnyOrder(SpectrumOutput output, Precision precision) {
    SpectrumFormat format =
        new SpectrumFormat(List.of(7, 10, 3), ElementType.UINT8, output, precision);
    assertThat(spectrum(format, new Backwards())).isEqualTo(spectrum(format, ENGINE));
  }

  @Test
  void leavesTheWholeFrameToAnEngineThatWantsIt() {
    SpectrumFormat format =
        new SpectrumFormat(
            List.of(4, 6), ElementType.UINT16, SpectrumOutput.POWER, Precision.FLOAT32);
    assertThat(spectrum(format, new AllOnes())).containsOnly((byte) 1);
  }

  private static byte[] spectrum(SpectrumFormat format, FftEngine engine) {
    byte[] pixels = new byte[format.inputBytes()];
    new Random(11).nextBytes(pixels);
    ByteBuffer frame = ByteBuffer.allocate(pixels.length + 2).position(2).put(pixels).position(2);
    ByteBuffer out = ByteBuffer.allocate(format.outputBytes() + 1).position(1);
    new SpectrumTransform(format, engine).transform(frame, out);
    return Arrays.copyOfRange(out.array(), 1, out.capacity());
  }
}
