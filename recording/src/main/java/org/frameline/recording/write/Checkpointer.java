package org.frameline.recording.write;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.frameline.recording.CallTiming;

/**
 * Makes checkpoints on a thread of its own, so that the thread that receives frames never waits for
 * the disk, and has the disk begin with what is written before there is too much of it. The state
 * is taken under the writer's lock; what is compressed is waited for, and the state is forced to
 * the disk, without it.
 */
final class Checkpointer {

  /**
   * So much may wait in memory for the disk. More would not make the disk faster, and the next
   * checkpoint, or the end of the recording, would wait for all of it. At the rate of one camera it
   * is never reached between two checkpoints.
   */
  private static final long MOST_UNFORCED_BYTES = 256L << 20;

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
    if (!changed || isMuchUnforced()) {
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

  /** Makes a checkpoint with every frame on the calling thread, which holds the lock. */
  void now() throws IOException {
    while (busy) {
      done.awaitUninterruptibly();
    }
    if (failure != null) {
      throw failure;
    }
    long startNs = System.nanoTime();
    begin(startNs);
    Snapshot snapshot = tree.snapshot();
    snapshot.commit(tree.file());
    presence.require();
    tree.settle(snapshot);
    durations.since(startNs);
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

  private void begin(long startNs) {
    lastStartNs = startNs;
    changed = false;
    requested = false;
  }

  private void run() {
    lock.lock();
    try {
      while (awaitWork()) {
        busy = true;
        if (isDue()) {
          checkpoint();
        } else {
          unlocked(tree.file()::force);
        }
        busy = false;
        done.signalAll();
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
    while (!stopping && !isDue() && !isMuchUnforced()) {
      if (changed) {
        wake.awaitNanos(untilDueNs());
      } else {
        wake.await();
      }
    }
    return !stopping;
  }

  private boolean isDue() {
    return requested || (changed && untilDueNs() <= 0);
  }

  private long untilDueNs() {
    return lastStartNs + intervalNs - System.nanoTime();
  }

  private boolean isMuchUnforced() {
    return tree.file().unforcedBytes() > MOST_UNFORCED_BYTES;
  }

  private void checkpoint() throws IOException {
    long startNs = System.nanoTime();
    begin(startNs);
    long frames = tree.framesTaken();
    while (!tree.flushReady(frames)) {
      CompletableFuture<Void> underWay = tree.entry().underWay();
      unlocked(underWay::join);
    }
    Snapshot snapshot = tree.snapshotOfFile();
    unlocked(
        () -> {
          snapshot.commit(tree.file());
          presence.require();
        });
    tree.settle(snapshot);
    durations.since(startNs);
  }

  /** Waits for something while frames are taken. */
  private void unlocked(Wait wait) throws IOException {
    lock.unlock();
    try {
      wait.end();
    } finally {
      lock.lock();
    }
  }

  /** Something that lasts. */
  @FunctionalInterface
  private interface Wait {
    void end() throws IOException;
  }
}
