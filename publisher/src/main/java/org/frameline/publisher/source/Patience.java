package org.frameline.publisher.source;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * How long FFmpeg may go on waiting; it asks about ten times a second while it waits. Natively
 * allocated, to be closed by its owner after the input that asks it. {@link #cancel()} from any
 * thread, the rest from the capturing thread.
 */
final class Patience extends AVIOInterruptCB.Callback_Pointer {

  private final long timeoutNs;
  private final BooleanSupplier stopped;
  private volatile long deadlineNs;
  private volatile boolean cancelled;

  /**
   * Patience with a camera.
   *
   * @param timeout how long nothing may come
   * @param stopped cancels too, when it says true; asked often, from the capturing thread
   */
  Patience(Duration timeout, BooleanSupplier stopped) {
    timeoutNs = timeout.toNanos();
    this.stopped = stopped;
    restart();
  }

  /** Starts the timeout anew; something has arrived, or the next wait begins. */
  void restart() {
    deadlineNs = System.nanoTime() + timeoutNs;
  }

  void cancel() {
    cancelled = true;
  }

  boolean cancelled() {
    return cancelled || stopped.getAsBoolean();
  }

  boolean exhausted() {
    return cancelled() || System.nanoTime() - deadlineNs > 0;
  }

  double timeoutSeconds() {
    return timeoutNs / 1e9;
  }

  /** Called by FFmpeg; 1 makes it give up with AVERROR_EXIT. */
  @Override
  public int call(Pointer unused) {
    return exhausted() ? 1 : 0;
  }
}
