package org.frameline.fft.engine.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.frameline.fft.Precision;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumOutput;
import org.frameline.fft.SpectrumTransform;
import org.frameline.protocol.ElementType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan has its memory from the start: what a frame takes does not depend on its size. */
final class AllocationTest {
  private static final int FRAMES = 20;

  @ParameterizedTest
  @CsvSource({
    "UINT8,COMPLEX,FLOAT32",
    "UINT16,LOG_MAGNITUDE,FLOAT32",
    "UINT16,COMPLEX,FLOAT64",
    "UINT8,LOG_MAGNITUDE,FLOAT64"
  })
  void allocatesNoArrayForAFrame(ElementType type, SpectrumOutput output, Precision precision) {
    // Height and width have a small prime, a large one, and a remainder of every kind.
    SpectrumFormat format = new SpectrumFormat(List.of(7 * 9, 2 * 59, 3), type, output, precision);
    SpectrumTransform transform = new SpectrumTransform(format, new PlainEngine());
    ByteBuffer pixels = ByteBuffer.allocateDirect(format.inputBytes());
    ByteBuffer out = ByteBuffer.allocateDirect(format.outputBytes());
    transform.transform(pixels, out);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int frame = 0; frame < FRAMES; frame++) {
      transform.transform(pixels, out);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    // Views of the buffers, and what the measurement takes; a row of the result has 240 bytes.
    assertThat(bytes / FRAMES).isLessThan(2000);
  }
}
