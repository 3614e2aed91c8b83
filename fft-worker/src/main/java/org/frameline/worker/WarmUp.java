package org.frameline.worker;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumTransform;
import org.frameline.protocol.ElementType;

/**
 * Transforms made-up frames before a worker says that it is ready, so that the JVM has compiled
 * what transforms when the first real frame comes. The frames are small, since what is not compiled
 * yet is slow by the number; their lengths have every factor for which the engines have code of
 * their own. For the thread that makes it.
 */
final class WarmUp {
  /** {@code [H,W]}: rows enough for the widest vectors, and the factors 2, 3, 4 and 5. */
  private static final List<Integer> SHAPE = List.of(240, 160);

  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** So many frames in a row without a faster one are the end: nothing more is being compiled. */
  private static final int FRAMES_WITHOUT_GAIN = 10;

  /** A frame is faster if that saves more than this part of the fastest before, a fifth. */
  private static final int GAIN = 5;

  private final ByteBuffer pixels;
  private final ByteBuffer spectrum;
  private final SpectrumTransform transform;
  private final BooleanSupplier stop;
  private final LongSupplier clockNs;

  /**
   * Prepares.
   *
   * @param stop ends it before its time
   * @param clockNs monotonic nanoseconds
   */
  WarmUp(WorkerConfig config, BooleanSupplier stop, LongSupplier clockNs) {
    this.stop = stop;
    this.clockNs = clockNs;
    SpectrumFormat format =
        new SpectrumFormat(SHAPE, ElementType.UINT8, config.output(), config.precision());
    pixels = ByteBuffer.allocateDirect(format.inputBytes());
    spectrum = ByteBuffer.allocateDirect(format.outputBytes());
    transform = new SpectrumTransform(format, config.engine());
    for (int i = 0; i < pixels.capacity(); i++) {
      pixels.put(i, (byte) (i * i));
    }
  }

  /**
   * Transforms until that is no faster any more, the stop comes, or {@link #LONGEST} is over.
   *
   * @return how many frames
   */
  int run() {
    long beginNs = clockNs.getAsLong();
    long lastNs = beginNs;
    long fastestNs = Long.MAX_VALUE;
    int frames = 0;
    int withoutGain = 0;
    while (withoutGain < FRAMES_WITHOUT_GAIN
        && lastNs - beginNs < LONGEST.toNanos()
        && !stop.getAsBoolean()) {
      transform.transform(pixels, spectrum);
      long nowNs = clockNs.getAsLong();
      frames++;
      withoutGain = nowNs - lastNs < fastestNs - fastestNs / GAIN ? 0 : withoutGain + 1;
      fastestNs = Math.min(fastestNs, nowNs - lastNs);
      lastNs = nowNs;
    }
    return frames;
  }
}
