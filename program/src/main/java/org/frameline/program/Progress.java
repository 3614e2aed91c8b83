package org.frameline.program;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.frameline.protocol.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress on stderr: a bar where stderr is a terminal, from the first update on, else a line every
 * five seconds. Not thread-safe: used by the thread that runs the loop.
 */
public final class Progress implements AutoCloseable {
  private static final long LINE_EVERY_NS = Duration.ofSeconds(5).toNanos();
  private static final long REDRAW_EVERY_NS = Duration.ofMillis(250).toNanos();

  /** Instead of the columns of a terminal. */
  static final int NOBODY_WATCHES = 0;

  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final String task;
  private final long goal;
  private final String unit;
  private final Supplier<String> details;
  private final int columns;
  private final LongSupplier clockNs;
  private ProgressBar bar;
  private long lastLineNs;
  private long lastCount;
  private boolean closed;

  /**
   * Begins.
   *
   * @param task one word, for instance {@code recording}
   * @param goal how many frames there will be, or -1 when nobody knows
   * @param details what else to show, asked for only when something is drawn
   */
  public Progress(String task, long goal, Supplier<String> details) {
    this(task, goal, "frames", details);
  }

  /**
   * Begins to count something else than frames.
   *
   * @param task one word, for instance {@code fetching}
   * @param goal how many there will be, or -1 when nobody knows
   * @param unit what is counted, for instance {@code MB}
   * @param details what else to show, asked for only when something is drawn
   */
  public Progress(String task, long goal, String unit, Supplier<String> details) {
    this(
        task,
        goal,
        unit,
        details,
        Terminal.isStderrInteractive() ? Terminal.columns() : NOBODY_WATCHES,
        System::nanoTime);
  }

  /** With the columns of the terminal, and a monotonic clock of one's own in nanoseconds. */
  Progress(
      String task,
      long goal,
      String unit,
      Supplier<String> details,
      int columns,
      LongSupplier clockNs) {
    this.task = task;
    this.goal = goal;
    this.unit = unit;
    this.details = details;
    this.columns = columns;
    this.clockNs = clockNs;
    this.lastLineNs = clockNs.getAsLong();
  }

  private ProgressBar newBar() {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(goal)
        .setUnit(" " + unit, 1)
        .setUpdateIntervalMillis((int) Duration.ofNanos(REDRAW_EVERY_NS).toMillis())
        .setStyle(ProgressBarStyle.ASCII)
        // Never without: the library's own consumers open the terminal.
        .setConsumer(BarLine.onStderr(columns))
        .build();
  }

  /** Call often; draws only now and then. */
  public void update(long count) {
    if (closed) {
      return;
    }
    if (columns > NOBODY_WATCHES) {
      draw(count);
      return;
    }
    long now = clockNs.getAsLong();
    if (now - lastLineNs >= LINE_EVERY_NS && count != lastCount) {
      lastLineNs = now;
      lastCount = count;
      LOG.info("{}: {}{} {}, {}", task, count, goal < 0 ? "" : "/" + goal, unit, details.get());
    }
  }

  private void draw(long count) {
    long now = clockNs.getAsLong();
    if (bar == null || now - lastLineNs >= REDRAW_EVERY_NS) {
      lastLineNs = now;
      bar = bar == null ? newBar() : bar;
      bar.setExtraMessage(Printable.line(details.get()));
    }
    bar.stepTo(count);
  }

  /** Draws the last state; what is logged after this does not run into the bar. */
  @Override
  public void close() {
    if (bar != null && !closed) {
      bar.setExtraMessage(Printable.line(details.get()));
      bar.close();
    }
    closed = true;
  }
}
