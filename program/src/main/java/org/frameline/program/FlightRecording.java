package org.frameline.program;

import java.time.Duration;
import java.util.Optional;

/**
 * A recording that Java makes of this process ({@code -XX:StartFlightRecording}). It is written out
 * by a shutdown hook of Java's own, beside ours, and nothing tells when; its threads have names
 * that have been the same from Java 11 on. Without state.
 */
final class FlightRecording {
  private static final String RECORDER = "JFR Periodic Tasks";
  private static final String WRITER = "JFR Shutdown Hook";
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(1);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);

  private FlightRecording() {}

  /** Returns when the recording is written, or none is made. For a shutdown hook. */
  static void awaitEnd() {
    if (thread(RECORDER).isEmpty()) {
      return;
    }
    try {
      long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
      Optional<Thread> writer = thread(WRITER);
      while (writer.isEmpty() && System.nanoTime() < deadline) {
        // Hooks are started one by one, in no order.
        Thread.onSpinWait();
        writer = thread(WRITER);
      }
      if (writer.isPresent()) {
        writer.get().join(ENDS_WITHIN.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<Thread> thread(String name) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread[] all = new Thread[group.activeCount() + 16];
    int count = group.enumerate(all, true);
    for (int i = 0; i < count; i++) {
      if (all[i].getName().equals(name)) {
        return Optional.of(all[i]);
      }
    }
    return Optional.empty();
  }
}
