package org.frameline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class after which threads live on that were not there before, JeroMQ's included. */
public final class NoThreadLeft implements BeforeAllCallback, AfterAllCallback {
  private static final Set<String> OF_THE_TESTS =
      Set.of("awaitility-thread", "junit-jupiter-timeout-watcher");

  private final Set<Thread> before = new HashSet<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    before.addAll(Thread.getAllStackTraces().keySet());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(left()).as("threads left").isEmpty());
  }

  /**
   * Daemons are the business of the JVM and of JUnit, except JeroMQ's, which end with a context.
   */
  List<String> left() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread.isAlive())
        .filter(thread -> !thread.isDaemon() || isOfJeroMq(thread))
        .map(Thread::getName)
        .filter(name -> !OF_THE_TESTS.contains(name))
        .toList();
  }

  private static boolean isOfJeroMq(Thread thread) {
    return thread.getName().startsWith("iothread") || thread.getName().startsWith("reaper");
  }
}
