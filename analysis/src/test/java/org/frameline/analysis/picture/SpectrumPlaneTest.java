package org.frameline.analysis.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.frameline.protocol.ElementType;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectrumPlaneTest {
  private static final String NUMPY =
      """
      import numpy as np, sys
      height, width, channels, output = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
      frame = np.random.default_rng(7).integers(0, 256, (channels, height, width))
      half = np.fft.rfft2(frame, axes=(1, 2))
      {"complex": half.astype("c8"), "power": (abs(half) ** 2).astype("f4"),
       "log-magnitude": np.log1p(abs(half)).astype("f8")}[output].tofile("half.bin")
      full = np.fft.fftshift(np.log1p(abs(np.fft.fft2(frame, axes=(1, 2)))), axes=(1, 2))
      full.mean(axis=0).astype("f8").tofile("full.bin")
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "8, 10, 1, complex, COMPLEX64",
    "7, 9, 3, complex, COMPLEX64",
    "7, 10, 3, power, FLOAT32",
    "8, 9, 1, log-magnitude, FLOAT64"
  })
  void isTheShiftedPlaneThatNumpyMakesOfTheWholeFrame(
      int height, int width, int channels, String output, ElementType type) throws Exception {
    Python.runIn(folder, NUMPY, height, width, channels, output);
    ByteBuffer half = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("half.bin")));
    ByteBuffer full = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("full.bin")));
    full.order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> shape = List.of(channels, height, width / 2 + 1);
    SpectrumPlane plane = SpectrumPlane.of(shape, type, output, half, width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        assertThat((double) plane.at(x - width / 2, y - height / 2))
            .as("row %d, column %d", y, x)
            .isCloseTo(full.getDouble(8 * (y * width + x)), within(1e-3));
      }
    }
  }

  @Test
  void fringesAreBrightAtTheirFrequencyAndItsMirrorImage() {
    SpectrumPlane plane = fringes(48, 64, 5, 3);
    assertThat(plane.strongest()).isEqualTo(new SpectrumPlane.Peak(5, 3));
    BufferedImage picture = plane.picture(plane.lowest(), plane.highest(), 64);
    int bright = Viridis.rgb(1);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        boolean peak = (x == 32 + 5 && y == 24 + 3) || (x == 32 - 5 && y == 24 - 3);
        assertThat((picture.getRGB(x, y) & 0xffffff) == bright).as("%d, %d", x, y).isEqualTo(peak);
      }
    }
  }

  @Test
  void aPeakOfOneElementStaysVisibleInASmallPicture() {
    SpectrumPlane plane = fringes(480, 640, 101, 33);
    BufferedImage picture = plane.picture(plane.lowest(), plane.highest(), 64);
    assertThat(picture.getWidth()).isEqualTo(64);
    assertThat(picture.getHeight()).isEqualTo(48);
    assertThat(picture.getRGB((320 + 101) / 10, (240 + 33) / 10) & 0xffffff)
        .isEqualTo(Viridis.rgb(1));
  }

  @Test
  void theMiddleKeepsFrequencyZeroInItsMiddle() {
    SpectrumPlane middle = fringes(48, 64, 5, 3).middle(4);
    assertThat(middle.width()).isEqualTo(16);
    assertThat(middle.height()).isEqualTo(12);
    assertThat(middle.strongest()).isEqualTo(new SpectrumPlane.Peak(5, 3));
  }

  @Test
  void refusesASpectrumOfAnotherWidth() {
    ByteBuffer some = ByteBuffer.allocate(1000);
    assertThatThrownBy(
            () -> SpectrumPlane.of(List.of(4, 5), ElementType.COMPLEX64, "complex", some, 10))
        .hasMessage("expected a half spectrum [H,6] or [C,H,W/2+1], found [4, 5]");
  }

  /** A half spectrum with one peak of height 9 above zeros. */
  private static SpectrumPlane fringes(int height, int width, int cyclesX, int cyclesY) {
    int half = width / 2 + 1;
    ByteBuffer buffer = ByteBuffer.allocate(4 * height * half).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putFloat(4 * (cyclesY * half + cyclesX), 9);
    return SpectrumPlane.of(
        List.of(height, half), ElementType.FLOAT32, "log-magnitude", buffer, width);
  }
}
