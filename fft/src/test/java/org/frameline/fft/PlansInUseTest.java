package org.frameline.fft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.frameline.protocol.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plan may be used again and again, and beside another on another thread. */
@ParameterizedClass(name = "{0}")
@MethodSource("org.frameline.fft.Engines#here")
final class PlansInUseTest {
  /** A small prime, a large one, and both more and fewer lanes than fill a vector. */
  private static final List<Integer> SIZE = List.of(7 * 5, 2 * 53);

  @Parameter String engine;

  static Stream<SpectrumFormat> formats() {
    List<SpectrumFormat> formats = new ArrayList<>();
    for (SpectrumOutput output : SpectrumOutput.values()) {
      for (Precision precision : Precision.values()) {
        for (int channels : new int[] {1, 3, 4}) {
          List<Integer> shape = List.of(SIZE.get(0), SIZE.get(1), channels);
          formats.add(new SpectrumFormat(shape, ElementType.UINT8, output, precision));
          formats.add(new SpectrumFormat(shape, ElementType.UINT16, output, precision));
        }
      }
    }
    return formats.stream();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void givesTheSameBytesWhateverCameBefore(SpectrumFormat format) {
    SpectrumTransform transform = new SpectrumTransform(format, Engines.named(engine));
    byte[] first = spectrum(transform, 1);
    byte[] second = spectrum(transform, 2);
    assertThat(second).isNotEqualTo(first);
    assertThat(spectrum(transform, 1)).isEqualTo(first);
    assertThat(spectrum(new SpectrumTransform(format, Engines.named(engine)), 2)).isEqualTo(second);
  }

  @Test
  void isUndisturbedByAPlanOnAnotherThread() throws Exception {
    SpectrumFormat format =
        new SpectrumFormat(
            List.of(SIZE.get(0), SIZE.get(1), 3),
            ElementType.UINT8,
            SpectrumOutput.LOG_MAGNITUDE,
            Precision.FLOAT32);
    SpectrumTransform alone = new SpectrumTransform(format, Engines.named(engine));
    List<byte[]> expected = new ArrayList<>();
    for (int seed = 0; seed < 40; seed++) {
      expected.add(spectrum(alone, seed));
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<List<byte[]>>> found = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        SpectrumTransform own = new SpectrumTransform(format, Engines.named(engine));
        found.add(
            threads.submit(
                () -> {
                  List<byte[]> spectra = new ArrayList<>();
                  for (int seed = 0; seed < expected.size(); seed++) {
                    spectra.add(spectrum(own, seed));
                  }
                  return spectra;
                }));
      }
      for (Future<List<byte[]>> spectra : found) {
        assertThat(spectra.get().toArray()).isEqualTo(expected.toArray());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static byte[] spectrum(SpectrumTransform transform, long seed) {
    byte[] pixels = new byte[transform.format().inputBytes()];
    new Random(seed).nextBytes(pixels);
    byte[] out = new byte[transform.format().outputBytes()];
    transform.transform(ByteBuffer.wrap(pixels), ByteBuffer.wrap(out));
    return out;
  }
}
