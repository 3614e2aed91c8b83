package org.frameline.program;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The flag that ends a program in order: loops look at it at least ten times a second. Ctrl-C and
 * SIGTERM set it through a shutdown hook, which works alike on Linux, macOS and Windows.
 * Thread-safe.
 */
public final class StopSignal implements BooleanSupplier {
  /** How long files and sockets of a program have to close after Ctrl-C or SIGTERM. */
  public static final Duration GRACE = Duration.ofMillis(1_900);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final List<Runnable> actions = new CopyOnWriteArrayList<>();
  private final AtomicInteger exitCode = new AtomicInteger(ExitCode.FAILED);
  private volatile Duration grace = GRACE;

  /** Asks everything to end. */
  public void stop() {
    stopped.countDown();
    actions.forEach(Runnable::run);
  }

  /**
   * Calls an action when the stop comes, on the thread that brings it: for what waits where it
   * cannot look at the flag. The action may be called more than once.
   */
  public void onStop(Runnable action) {
    actions.add(action);
    if (getAsBoolean()) {
      action.run();
    }
  }

  /** Whether everything shall end. */
  @Override
  public boolean getAsBoolean() {
    return stopped.getCount() == 0;
  }

  /**
   * Waits, but not longer than until the stop.
   *
   * @return whether the stop came
   */
  public boolean await(Duration longest) {
    try {
      return stopped.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Grants more than {@link #GRACE}, to a program that waits for others to close. */
  public void grant(Duration time) {
    grace = time;
  }

  /** Turns Ctrl-C and SIGTERM into {@link #stop}, for the life of the process. */
  public void installSignalHook() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::shutDown, "shutdown"));
  }

  private void shutDown() {
    stop();
    boolean inTime = false;
    try {
      inTime = finished.await(grace.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!inTime) {
      System.err.println("frameline: not everything closed within " + grace.toMillis() + " ms");
    }
    System.err.flush();
    FlightRecording.awaitEnd();
    // A JVM that ends on a signal would report 143 or 130 although all was closed in order.
    Runtime.getRuntime().halt(exitCode.get());
  }

  /** The program has closed everything and ends with this code. */
  public void finished(int code) {
    exitCode.set(code);
    finished.countDown();
  }
}
