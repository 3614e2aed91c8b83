package org.frameline.fft.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.frameline.fft.Precision;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumOutput;
import org.frameline.fft.SpectrumTransform;
import org.frameline.protocol.ElementType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A vector is an object until the compiler has made instructions of all that is done with it. Where
 * it cannot, megabytes of them are made for each frame, and the engine is the slowest of all.
 */
final class VectorsInRegistersTest {
  private static final Duration COMPILED_WITHIN = Duration.ofMinutes(2);
  private static final int FRAMES = 20;

  /** Views of the buffers, and what the measurement takes; a single vector takes 100. */
  private static final int BYTES_OF_A_FRAME = 2000;

  @ParameterizedTest
  @CsvSource({
    "480,640,COMPLEX,FLOAT32",
    "480,640,LOG_MAGNITUDE,FLOAT64",
    "486,450,LOG_MAGNITUDE,FLOAT32",
    "63,118,COMPLEX,FLOAT64"
  })
  void areNoObjectsOnceTheCompilerHasSeenThem(
      int height, int width, SpectrumOutput output, Precision precision) {
    SpectrumFormat format =
        new SpectrumFormat(List.of(height, width), ElementType.UINT8, output, precision);
    SpectrumTransform transform = new SpectrumTransform(format, new VectorEngine());
    ByteBuffer pixels = ByteBuffer.allocateDirect(format.inputBytes());
    ByteBuffer out = ByteBuffer.allocateDirect(format.outputBytes());
    long deadline = System.nanoTime() + COMPILED_WITHIN.toNanos();
    long bytes;
    do {
      bytes = bytesOfAFrame(transform, pixels, out);
    } while (bytes > BYTES_OF_A_FRAME && System.nanoTime() - deadline < 0);
    assertThat(bytes).isLessThanOrEqualTo(BYTES_OF_A_FRAME);
  }

  private static long bytesOfAFrame(
      SpectrumTransform transform, ByteBuffer pixels, ByteBuffer out) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int frame = 0; frame < FRAMES; frame++) {
      transform.transform(pixels.rewind(), out.rewind());
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / FRAMES;
  }
}
