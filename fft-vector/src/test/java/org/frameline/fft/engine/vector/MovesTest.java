package org.frameline.fft.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.frameline.fft.Precision;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumOutput;
import org.frameline.protocol.ElementType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What moves numbers by vectors, on any Java, whether the engine uses it there or not. */
final class MovesTest {
  private static final long SEED = 20261128;

  /** Room for whole vectors, as in the blocks of a transform. */
  private static final int MORE = 32;

  @ParameterizedTest
  @CsvSource({
    "64,64,1,UINT8",
    "37,131,1,UINT8",
    "40,67,3,UINT8",
    "7,5,3,UINT8",
    "1,1,1,UINT8",
    "33,70,1,UINT16",
    "50,65,3,UINT16",
    "18,129,4,UINT16"
  })
  void halvesOfPixelsComeToTheirLanes(int height, int width, int channels, ElementType type) {
    SpectrumFormat format =
        new SpectrumFormat(
            List.of(height, width, channels), type, SpectrumOutput.COMPLEX, Precision.FLOAT32);
    byte[] frame = new byte[format.inputBytes()];
    new Random(SEED).nextBytes(frame);
    VectorPixels pixels = new VectorPixels(format);
    float[][] lines = new float[width][(height + 1) / 2 + MORE];
    pixels.begin(ByteBuffer.wrap(frame));
    for (int channel = 0; channel < channels; channel++) {
      pixels.select(channel);
      pixels.load(0, (height + 1) / 2, lines);
      for (int y = 0; y < height; y += 2) {
        for (int x = 0; x < width; x++) {
          int at = (y * width + x) * channels + channel;
          assertThat(lines[x][y / 2]).isEqualTo(0.5f * sample(frame, at, type));
        }
      }
    }
    pixels.end();
  }

  @ParameterizedTest
  @CsvSource({"8,8,1", "8,16,-1", "3,20,1", "21,13,-1", "161,120,1", "9,5,1"})
  void sumsAndDifferencesAreTurned(int count, int lanes, int sign) {
    Random random = new Random(SEED);
    float[][] x = new float[count][lanes + MORE];
    float[][] y = new float[count][lanes + MORE];
    for (int line = 0; line < count; line++) {
      for (int lane = 0; lane < lanes; lane++) {
        x[line][lane] = random.nextInt(1000);
        y[line][lane] = random.nextInt(1000);
      }
    }
    float[][] to = new float[2 * lanes][count + MORE];
    Eight32.lines(x, y, sign, 0, count, lanes, to, 1);
    for (int line = 0; line < count; line++) {
      for (int lane = 0; lane < lanes; lane++) {
        assertThat(to[1 + 2 * lane][line]).isEqualTo(x[line][lane] + sign * y[line][lane]);
        assertThat(to[2 * lane][line]).isZero();
      }
    }
  }

  private static int sample(byte[] frame, int index, ElementType type) {
    if (type == ElementType.UINT8) {
      return frame[index] & 0xff;
    }
    return frame[2 * index] & 0xff | (frame[2 * index + 1] & 0xff) << 8;
  }
}
