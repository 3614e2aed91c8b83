package org.frameline.fft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.frameline.protocol.ElementType;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@MethodSource("org.frameline.fft.Engines#here")
final class SpectrumPropertiesTest {
  @Parameter String engine;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void keepsTheEnergyOfTheFrame(long seed) {
    Random random = new Random(seed);
    int height = 1 + random.nextInt(90);
    int width = 1 + random.nextInt(90);
    byte[] pixels = new byte[height * width];
    random.nextBytes(pixels);
    DoubleBuffer power = spectrum(pixels, height, width, SpectrumOutput.POWER);
    double pixelEnergy = 0;
    for (byte pixel : pixels) {
      pixelEnergy += (double) (pixel & 0xff) * (pixel & 0xff);
    }
    int bins = width / 2 + 1;
    double spectrumEnergy = 0;
    for (int i = 0; i < height * bins; i++) {
      int bin = i % bins;
      // Every bin but the first, and the last of an even width, stands for its mirror image too.
      boolean alone = bin == 0 || 2 * bin == width;
      spectrumEnergy += (alone ? 1 : 2) * power.get(i);
    }
    assertThat(spectrumEnergy / (height * (double) width))
        .as("seed %d, %d x %d", seed, height, width)
        .isCloseTo(pixelEnergy, within(1e-12 * pixelEnergy));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void addsSpectraWhereFramesAreAdded(long seed) {
    Random random = new Random(seed);
    int height = 1 + random.nextInt(60);
    int width = 1 + random.nextInt(60);
    byte[] first = new byte[height * width];
    byte[] second = new byte[height * width];
    byte[] sum = new byte[height * width];
    for (int i = 0; i < sum.length; i++) {
      first[i] = (byte) random.nextInt(128);
      second[i] = (byte) random.nextInt(128);
      sum[i] = (byte) (first[i] + second[i]);
    }
    DoubleBuffer a = spectrum(first, height, width, SpectrumOutput.COMPLEX);
    DoubleBuffer b = spectrum(second, height, width, SpectrumOutput.COMPLEX);
    DoubleBuffer both = spectrum(sum, height, width, SpectrumOutput.COMPLEX);
    for (int i = 0; i < both.limit(); i++) {
      assertThat(both.get(i))
          .as("seed %d, %d x %d, number %d", seed, height, width, i)
          .isCloseTo(a.get(i) + b.get(i), within(1e-12 * 256 * height * width));
    }
  }

  @ParameterizedTest
  @CsvSource({"48,64,5,9", "48,64,43,9", "35,63,0,31", "35,63,17,1", "1,40,0,13", "40,1,11,0"})
  void showsACosineAsOnePeak(int height, int width, int row, int bin) {
    byte[] pixels = new byte[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double turns = row * y / (double) height + bin * x / (double) width;
        pixels[y * width + x] = (byte) Math.round(128 + 100 * Math.cos(2 * Math.PI * turns));
      }
    }
    DoubleBuffer power = spectrum(pixels, height, width, SpectrumOutput.POWER);
    int bins = width / 2 + 1;
    double peak = power.get(row * bins + bin);
    // Half the amplitude times the number of pixels; rounding to bytes takes or adds a little.
    assertThat(Math.sqrt(peak)).isCloseTo(50.0 * height * width, within(0.2 * height * width));
    for (int i = 1; i < height * bins; i++) {
      boolean atPeak = i == row * bins + bin;
      boolean atMirror = bin == 0 && i == (height - row) % height * bins;
      if (!atPeak && !atMirror) {
        assertThat(power.get(i)).as("row %d, bin %d", i / bins, i % bins).isLessThan(1e-3 * peak);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"48,64,0,0", "48,64,47,63", "35,63,17,1", "7,11,3,5", "1,53,0,13", "106,1,11,0"})
  void turnsOneWhitePixelIntoAWave(int height, int width, int row, int column) {
    byte[] pixels = new byte[height * width];
    pixels[row * width + column] = (byte) 255;
    DoubleBuffer wave = spectrum(pixels, height, width, SpectrumOutput.COMPLEX);
    int bins = width / 2 + 1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < bins; x++) {
        double angle = -2 * Math.PI * (row * y / (double) height + column * x / (double) width);
        int at = 2 * (y * bins + x);
        assertThat(wave.get(at))
            .as("real part, row %d, bin %d", y, x)
            .isCloseTo(255 * Math.cos(angle), within(1e-12 * 255));
        assertThat(wave.get(at + 1))
            .as("imaginary part, row %d, bin %d", y, x)
            .isCloseTo(255 * Math.sin(angle), within(1e-12 * 255));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"48,64", "35,63", "7,11", "1,53", "106,1", "59,61"})
  void leavesNothingButTheSumOfAnEvenFrame(int height, int width) {
    byte[] pixels = new byte[height * width];
    Arrays.fill(pixels, (byte) 200);
    DoubleBuffer spectrum = spectrum(pixels, height, width, SpectrumOutput.COMPLEX);
    double sum = 200.0 * height * width;
    assertThat(spectrum.get(0)).isCloseTo(sum, within(1e-14 * sum));
    for (int i = 1; i < spectrum.limit(); i++) {
      assertThat(spectrum.get(i)).as("number %d", i).isCloseTo(0, within(1e-14 * sum));
    }
  }

  private DoubleBuffer spectrum(byte[] pixels, int height, int width, SpectrumOutput output) {
    SpectrumFormat format =
        new SpectrumFormat(List.of(height, width), ElementType.UINT8, output, Precision.FLOAT64);
    ByteBuffer out = ByteBuffer.allocate(format.outputBytes()).order(ByteOrder.LITTLE_ENDIAN);
    new SpectrumTransform(format, Engines.named(engine)).transform(ByteBuffer.wrap(pixels), out);
    return out.asDoubleBuffer();
  }
}
