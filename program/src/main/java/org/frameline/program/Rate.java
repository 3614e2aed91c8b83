package org.frameline.program;

import java.util.function.LongSupplier;

/**
 * Frames and bytes per second between the first and the last frame, so that waiting before and
 * after does not count. Not thread-safe.
 */
public final class Rate {
  private static final double NS_PER_S = 1e9;

  private final LongSupplier clockNs;
  private long firstNs;
  private long lastNs;
  private long frames;
  private long bytes;

  public Rate() {
    this(System::nanoTime);
  }

  /** With a monotonic clock of one's own, in nanoseconds. */
  Rate(LongSupplier clockNs) {
    this.clockNs = clockNs;
  }

  /** Counts a frame of so many bytes. */
  public void count(long frameBytes) {
    count(1, frameBytes);
  }

  /** Counts frames that came at once; none is no news. */
  public void count(long moreFrames, long moreBytes) {
    if (moreFrames <= 0) {
      return;
    }
    lastNs = clockNs.getAsLong();
    if (frames == 0) {
      firstNs = lastNs;
    }
    frames += moreFrames;
    bytes += moreBytes;
  }

  public long frames() {
    return frames;
  }

  public long bytes() {
    return bytes;
  }

  /** Frames per second; 0 when there were fewer than two, or all within one tick of the clock. */
  public double framesPerSecond() {
    return frames < 2 || lastNs == firstNs ? 0 : (frames - 1) * NS_PER_S / (lastNs - firstNs);
  }

  /** Bytes per second; 0 when there were fewer than two frames. */
  public double bytesPerSecond() {
    return frames == 0 ? 0 : framesPerSecond() * bytes / frames;
  }

  /** Adds {@code frames_per_second} and {@code bytes_per_second}. */
  public void addTo(Report report) {
    report.put("frames_per_second", framesPerSecond()).put("bytes_per_second", bytesPerSecond());
  }
}
