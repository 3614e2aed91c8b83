package org.frameline.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.frameline.fft.Precision;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumOutput;
import org.frameline.fft.SpectrumTransform;
import org.frameline.fft.engine.FftEngines;
import org.frameline.protocol.ElementType;

/**
 * The transform of one frame [480,640,3] of uint8 to complex64 with one engine on one thread, from
 * pixels to numbers in memory, as {@code peer_fft.py} has it. Prints the median of the second half
 * of the time, in milliseconds of the thread's CPU. {@link SpectrumBenchmark} looks at more, and
 * for longer.
 */
final class FrameTime {
  private static final List<Integer> SHAPE = List.of(480, 640, 3);
  private static final double NS_PER_MS = 1e6;
  private static final double NS_PER_S = 1e9;
  private static final int MOST = 1_000_000;

  private FrameTime() {}

  /** Arguments: the engine's name, and for how many seconds. */
  public static void main(String[] args) {
    SpectrumFormat format =
        new SpectrumFormat(SHAPE, ElementType.UINT8, SpectrumOutput.COMPLEX, Precision.FLOAT32);
    byte[] bytes = new byte[format.inputBytes()];
    new Random(1).nextBytes(bytes);
    ByteBuffer pixels = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    ByteBuffer out = ByteBuffer.allocateDirect(format.outputBytes());
    SpectrumTransform transform = new SpectrumTransform(format, FftEngines.all().named(args[0]));
    long[] times = new long[MOST];
    int count = 0;
    long end = System.nanoTime() + (long) (Double.parseDouble(args[1]) * NS_PER_S);
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    for (; System.nanoTime() < end && count < MOST; count++) {
      long begun = thread.getCurrentThreadCpuTime();
      transform.transform(pixels, out);
      times[count] = thread.getCurrentThreadCpuTime() - begun;
    }
    long[] half = Arrays.copyOfRange(times, count / 2, count);
    Arrays.sort(half);
    System.out.println(half[half.length / 2] / NS_PER_MS);
  }
}
