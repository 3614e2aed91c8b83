package org.frameline.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tasks that threads of its own do while the caller prepares the next ones: a bounded number of
 * them, begun in the order in which they come, and told of in that order. After one that fails none
 * is begun. Used by one thread.
 */
public final class WorkAhead implements AutoCloseable {
  /** Something to do on another thread. */
  @FunctionalInterface
  public interface Task {
    void run() throws IOException;
  }

  private final ExecutorService pool;
  private final int most;
  private final Deque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
  // Tasks from this one on are not begun.
  private final AtomicLong end = new AtomicLong(Long.MAX_VALUE);
  private long given;

  /**
   * Nothing to do yet.
   *
   * @param name of the threads
   * @param threads how many work
   * @param most how many tasks may be under way
   */
  public WorkAhead(String name, int threads, int most) {
    if (threads < 1 || most < threads) {
      throw new IllegalArgumentException(
          "expected a thread or more, and a task for each, found " + threads + " and " + most);
    }
    this.most = most;
    pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Hands over a task; waits for the oldest when too many are under way.
   *
   * @throws IOException what a task before it has thrown
   */
  public void give(Task task) throws IOException {
    while (underWay.size() >= most || (!underWay.isEmpty() && underWay.peek().isDone())) {
      settleOldest();
    }
    long number = given++;
    underWay.add(CompletableFuture.runAsync(() -> run(task, number), pool));
  }

  private void run(Task task, long number) {
    if (number >= end.get()) {
      return;
    }
    try {
      task.run();
    } catch (IOException e) {
      endBefore(number);
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      endBefore(number);
      throw e;
    }
  }

  private void endBefore(long number) {
    end.accumulateAndGet(number, Math::min);
  }

  private void settleOldest() throws IOException {
    try {
      underWay.remove().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** How many tasks are known to be done, from the first on. */
  public long done() {
    return given - underWay.size();
  }

  /**
   * Returns when everything is done that was handed over.
   *
   * @throws IOException what a task has thrown
   */
  public void await() throws IOException {
    while (!underWay.isEmpty()) {
      settleOldest();
    }
  }

  /** Leaves out what was not begun, waits for what was, and ends the threads. */
  @Override
  public void close() {
    endBefore(0);
    pool.shutdown();
    underWay.forEach(task -> task.exceptionally(failure -> null).join());
    underWay.clear();
  }
}
