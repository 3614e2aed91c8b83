package org.frameline.recording.write;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.frameline.recording.CallTiming;

/**
 * Makes checkpoints on a thread of its own, so that the thread that receives frames never waits for
 * the disk. The state is taken under the writer's lock; it is forced to the disk without it.
 */
final class Checkpointer {

  private final ReentrantLock lock;
  private final Condition wake;
  private final Condition done;
  private final FileTree tree;
  private final Presence presence;
  private final long intervalNs;
  private final CallDuration durations = new CallDuration();
  private final Thread thread = new Thread(this::run, "recording-checkpoint");
  private long lastStartNs = System.nanoTime();
  private boolean changed;
  private boolean requested;
  private boolean busy;
  private boolean stopping;
  private IOException failure;

  Checkpointer(ReentrantLock lock, FileTree tree, Presence presence, Duration interval) {
    this.lock = lock;
    this.wake = lock.newCondition();
    this.done = lock.newCondition();
    this.tree = tree;
    this.presence = presence;
    this.intervalNs = interval.toNanos();
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** There is something to save. The lock is held. */
  void changed() {
    if (!changed) {
      changed = true;
      wake.signal();
    }
  }

  /** Asks for a checkpoint soon. The lock is held. */
  void request() {
    requested = true;
    wake.signal();
  }

  /** What went wrong on the thread, or null. The lock is held. */
  IOException failure() {
    return failure;
  }

  CallTiming timing() {
    return durations.timing();
  }

  /** Makes a checkpoint on the calling thread, which holds the lock. */
  Snapshot now() throws IOException {
    while (busy) {
      done.awaitUninterruptibly();
    }
    if (failure != null) {
      throw failure;
    }
    long startNs = System.nanoTime();
    Snapshot snapshot = begin(startNs);
    snapshot.commit(tree.file());
    presence.require();
    tree.settle(snapshot);
    durations.since(startNs);
    return snapshot;
  }

  /** Ends the thread after the checkpoint it may be making. The lock is not held. */
  void stop() {
    lock.lock();
    try {
      stopping = true;
      wake.signal();
      while (busy) {
        done.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private Snapshot begin(long startNs) throws IOException {
    lastStartNs = startNs;
    changed = false;
    requested = false;
    return tree.snapshot();
  }

  private void run() {
    lock.lock();
    try {
      while (awaitWork()) {
        checkpoint();
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException | RuntimeException e) {
      failure = new IOException("the checkpoint thread ended: " + e, e);
    } finally {
      busy = false;
      done.signalAll();
      lock.unlock();
    }
  }

  private boolean awaitWork() throws InterruptedException {
    while (!stopping && !requested) {
      long waitNs = lastStartNs + intervalNs - System.nanoTime();
      if (!changed) {
        wake.await();
      } else if (waitNs > 0) {
        wake.awaitNanos(waitNs);
      } else {
        break;
      }
    }
    return !stopping;
  }

  private void checkpoint() throws IOException {
    long startNs = System.nanoTime();
    Snapshot snapshot = begin(startNs);
    busy = true;
    lock.unlock();
    try {
      snapshot.commit(tree.file());
      presence.require();
    } finally {
      lock.lock();
    }
    tree.settle(snapshot);
    durations.since(startNs);
    busy = false;
    done.signalAll();
  }
}
