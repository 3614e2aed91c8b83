/*
 * This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of
 * the MPL was not distributed with this file, You can obtain one at http://mozilla.org/MPL/2.0/.
 *
 * Derived from zmq/poll/PollerBase.java of JeroMQ 0.6.0 (https://github.com/zeromq/jeromq), whose
 * authors its file AUTHORS names. Changed by the authors of Frameline, in 2026: how timers are kept,
 * cancelled and executed.
 */
package zmq.poll;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import zmq.util.function.BiFunction;

/**
 * The timers of an I/O thread, and its load.
 *
 * <p>JeroMQ's own class keeps a cancelled timer until its time has come, and a timer of the same
 * object that is added before that is lost with it. So no heartbeat ever times out after the first
 * answer. Here a cancelled timer is gone at once.
 *
 * <p>Timers belong to the I/O thread; the load may be read by any.
 */
abstract class PollerBase implements Runnable {
  private static final long NS_PER_MS = 1_000_000;

  private record Key(IPollEvents sink, int id) {}

  private record Timer(long expiration, long number, Key key) {}

  private final AtomicInteger load = new AtomicInteger();
  private final Map<Key, Timer> timers = new HashMap<>();
  private final TreeSet<Timer> inOrder =
      new TreeSet<>(Comparator.comparingLong(Timer::expiration).thenComparingLong(Timer::number));
  private long added;

  /** Where all events are dispatched: the I/O thread, or the reaper's. */
  protected final Thread worker;

  protected PollerBase(String name) {
    worker = createWorker(name);
  }

  protected PollerBase(String name, BiFunction<Runnable, String, Thread> threadFactory) {
    worker = threadFactory.apply(this, name);
  }

  Thread createWorker(String name) {
    Thread thread = new Thread(this, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Milliseconds, monotonic: a clock that is set moves no timer. */
  long clock() {
    return System.nanoTime() / NS_PER_MS;
  }

  final boolean isEmpty() {
    return timers.isEmpty();
  }

  public final int getLoad() {
    return load.get();
  }

  protected void adjustLoad(int amount) {
    load.addAndGet(amount);
  }

  /**
   * Calls {@link IPollEvents#timerEvent} once. A timer of the same object and number that has not
   * expired yet is replaced.
   *
   * @param timeout milliseconds from now
   */
  public void addTimer(long timeout, IPollEvents sink, int id) {
    assert Thread.currentThread() == worker;
    cancelTimer(sink, id);
    Timer timer = new Timer(clock() + timeout, added++, new Key(sink, id));
    timers.put(timer.key(), timer);
    inOrder.add(timer);
  }

  /** Does nothing when there is no such timer. */
  public void cancelTimer(IPollEvents sink, int id) {
    assert Thread.currentThread() == worker;
    Timer timer = timers.remove(new Key(sink, id));
    if (timer != null) {
      inOrder.remove(timer);
    }
  }

  /**
   * Executes the timers that are due, but for those that are added meanwhile.
   *
   * @return milliseconds until the next one is due, at least 1; 0 when there is none
   */
  protected long executeTimers() {
    assert Thread.currentThread() == worker;
    if (timers.isEmpty()) {
      return 0;
    }
    long now = clock();
    long addedBefore = added;
    Timer next = nextOf(addedBefore);
    while (next != null && next.expiration() <= now) {
      timers.remove(next.key());
      inOrder.remove(next);
      execute(next.key());
      next = nextOf(addedBefore);
    }
    return inOrder.isEmpty() ? 0 : Math.max(1, inOrder.first().expiration() - now);
  }

  /** A connection that fails must not take all others with it, nor does it when it has data. */
  private void execute(Key timer) {
    try {
      timer.sink().timerEvent(timer.id());
    } catch (RuntimeException e) {
      worker.getUncaughtExceptionHandler().uncaughtException(worker, e);
    }
  }

  private Timer nextOf(long addedBefore) {
    for (Timer timer : inOrder) {
      if (timer.number() < addedBefore) {
        return timer;
      }
    }
    return null;
  }
}
