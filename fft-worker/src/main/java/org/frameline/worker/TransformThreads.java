package org.frameline.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.frameline.fft.FftEngine;

/**
 * The threads of a worker that transform, each with a plan of its own, and the frames that they
 * have. Results come out in the order in which frames went in. Belongs to the worker's loop, which
 * alone calls it; not thread-safe.
 */
final class TransformThreads implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(1);

  /** What waits for a thread, beside what waits in the socket; more is kept from other workers. */
  private static final int MOST_WAITING = 4;

  /** So that a single thread has something to do while the loop sends several results. */
  private static final int LEAST_WAITING = 3;

  /** About so long a result may wait until the loop is woken. */
  private static final long LONGEST_NS = Duration.ofMillis(3).toNanos();

  private final int most;
  private final Runnable ended;
  private final FftEngine engine;
  private final ExecutorService executor;
  private final Deque<FrameTransformer> idle = new ConcurrentLinkedDeque<>();
  private final Deque<Transformation> running = new ArrayDeque<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong wokenNs = new AtomicLong(System.nanoTime());

  /**
   * Starts them when they are needed first.
   *
   * @param threads how many
   * @param ended called by any of them when transformations have ended
   */
  TransformThreads(int threads, FftEngine engine, Runnable ended) {
    this.most = underWay(threads);
    this.engine = engine;
    this.ended = ended;
    AtomicInteger number = new AtomicInteger();
    executor =
        Executors.newFixedThreadPool(
            threads, task -> new Thread(task, "transform-" + number.incrementAndGet()));
  }

  /** How many frames so many threads have at most: none shall wait for this loop after each. */
  static int underWay(int threads) {
    return threads + Math.max(LEAST_WAITING, Math.min(threads, MOST_WAITING));
  }

  /** Whether a thread has nothing to do, or soon will. */
  boolean haveRoom() {
    return running.size() < most;
  }

  /** Whether no frame is under way. */
  boolean areIdle() {
    return running.isEmpty();
  }

  /** Gives a frame to the next thread. */
  void begin(Transformation transformation) {
    running.add(transformation);
    waiting.incrementAndGet();
    executor.execute(() -> run(transformation));
  }

  private void run(Transformation transformation) {
    waiting.decrementAndGet();
    FrameTransformer transformer = idle.poll();
    if (transformer == null) {
      transformer = new FrameTransformer(engine);
    }
    transformation.run(transformer);
    idle.push(transformer);
    wake(transformation.transformNs());
  }

  /** While there is enough to do the loop need not look after each, if the next is soon there. */
  private void wake(long lastNs) {
    long now = System.nanoTime();
    boolean isScarce = waiting.get() < LEAST_WAITING - 1;
    if (isScarce || Math.max(lastNs, now - wokenNs.get()) > LONGEST_NS) {
      wokenNs.set(now);
      ended.run();
    }
  }

  /** Whether {@link #next} would give one. */
  boolean haveResult() {
    return !running.isEmpty() && running.peek().isDone();
  }

  /** The oldest frame, out of here, once it is done; null when it is not, or there is none. */
  Transformation next() {
    return haveResult() ? running.poll() : null;
  }

  /** Waits for the oldest frame, and takes it out; null when there is none. */
  Transformation await() {
    while (!running.isEmpty() && !haveResult()) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    return next();
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("a transformation did not end within a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
