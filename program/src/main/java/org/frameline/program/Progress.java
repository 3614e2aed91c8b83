package org.frameline.program;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress on stderr: a bar where stderr is a terminal, else a line every five seconds. Not
 * thread-safe: used by the thread that runs the loop.
 */
public final class Progress implements AutoCloseable {
  private static final long LINE_EVERY_NS = Duration.ofSeconds(5).toNanos();
  private static final int REDRAW_EVERY_MS = 250;
  private static final int WIDTH = 110;
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final String task;
  private final long goal;
  private final Supplier<String> details;
  private final ProgressBar bar;
  private final LongSupplier clockNs;
  private long lastLineNs;
  private long lastFrames;
  private boolean closed;

  /**
   * Begins.
   *
   * @param task one word, for instance {@code recording}
   * @param goal how many frames there will be, or -1 when nobody knows
   * @param details what else to show, asked for only when something is drawn
   */
  public Progress(String task, long goal, Supplier<String> details) {
    this(task, goal, details, Terminal.isStderrInteractive(), System::nanoTime);
  }

  /** With what stderr is, and a monotonic clock of one's own in nanoseconds. */
  Progress(
      String task, long goal, Supplier<String> details, boolean interactive, LongSupplier clockNs) {
    this.task = task;
    this.goal = goal;
    this.details = details;
    this.clockNs = clockNs;
    this.lastLineNs = clockNs.getAsLong();
    this.bar = interactive ? newBar() : null;
  }

  private ProgressBar newBar() {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(goal)
        .setUnit(" frames", 1)
        .setUpdateIntervalMillis(REDRAW_EVERY_MS)
        .setStyle(ProgressBarStyle.ASCII)
        .setMaxRenderedLength(WIDTH)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .build();
  }

  /** Call often; draws only now and then. */
  public void update(long frames) {
    if (bar != null) {
      bar.stepTo(frames);
      bar.setExtraMessage(details.get());
      return;
    }
    long now = clockNs.getAsLong();
    if (now - lastLineNs >= LINE_EVERY_NS && frames != lastFrames) {
      lastLineNs = now;
      lastFrames = frames;
      LOG.info("{}: {}{} frames, {}", task, frames, goal < 0 ? "" : "/" + goal, details.get());
    }
  }

  /** Draws the last state; what is logged after this does not run into the bar. */
  @Override
  public void close() {
    if (bar != null && !closed) {
      closed = true;
      bar.close();
    }
  }
}
