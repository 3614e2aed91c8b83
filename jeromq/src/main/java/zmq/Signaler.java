/*
 * This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of
 * the MPL was not distributed with this file, You can obtain one at http://mozilla.org/MPL/2.0/.
 *
 * Derived from zmq/Signaler.java of JeroMQ 0.6.0 (https://github.com/zeromq/jeromq), whose authors
 * its file AUTHORS names. Changed by the authors of Frameline, in 2026: the order in send(), what
 * send() does once the signaler is closed, what recv() does while it waits.
 */
package zmq;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicLong;
import zmq.util.Errno;
import zmq.util.Utils;

/**
 * Wakes the one thread that reads a mailbox: each signal is a byte in a pipe, and is counted, so
 * that the reader need not ask the system whether there is one.
 *
 * <p>JeroMQ's own class writes the byte and counts it afterwards. The reader that wakes in between
 * finds no signal counted, leaves the byte where it is, and is woken by it again at once, until the
 * sender gets to count. This one counts first; a reader that looks in between waits for the byte,
 * which is on its way.
 *
 * <p>Any thread may send; one at a time waits and receives.
 */
final class Signaler implements Closeable {
  private interface IoOperation<O> {
    O call() throws IOException;
  }

  private final Pipe.SinkChannel w;
  private final Pipe.SourceChannel r;
  private final Selector selector;
  private final ThreadLocal<ByteBuffer> wdummy =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(1));
  private final ThreadLocal<ByteBuffer> rdummy =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(1));

  /** Signals sent, or about to be. */
  private final AtomicLong wcursor = new AtomicLong(0);

  /** Signals received; belongs to the reader. */
  private long rcursor = 0;

  private final Errno errno;
  private final int pid;
  private final Ctx ctx;
  private volatile boolean closed;

  Signaler(Ctx ctx, int pid, Errno errno) {
    this.ctx = ctx;
    this.pid = pid;
    this.errno = errno;
    try {
      Pipe pipe = Pipe.open();
      r = pipe.source();
      w = pipe.sink();
      Utils.unblockSocket(w, r);
      selector = ctx.createSelector();
      r.register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      throw new ZError.IOException(e);
    }
  }

  /**
   * Calls an operation on the pipe with the thread's interruption set aside, since that would close
   * the pipe and leave the context without this mailbox.
   */
  private static <O> O maskInterrupt(IoOperation<O> operation) throws IOException {
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        return operation.call();
      } catch (ClosedByInterruptException e) {
        interrupted = true;
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    IOException exception = null;
    IoOperation<?>[] operations = {
      () -> {
        r.close();
        return null;
      },
      () -> {
        w.close();
        return null;
      },
      () -> {
        ctx.closeSelector(selector);
        return null;
      }
    };
    for (IoOperation<?> operation : operations) {
      try {
        maskInterrupt(operation);
      } catch (IOException e) {
        if (exception != null) {
          e.addSuppressed(exception);
        }
        exception = e;
      }
    }
    if (exception != null) {
      throw exception;
    }
  }

  SelectableChannel getFd() {
    return r;
  }

  /**
   * Wakes the reader. When it has closed this meanwhile there is nobody to wake: a mailbox is
   * closed by a reader that has read the last command, which can be the one that this signal was to
   * tell of.
   */
  void send() {
    wcursor.incrementAndGet();
    boolean sent = false;
    try {
      ByteBuffer one = wdummy.get();
      one.clear();
      while (maskInterrupt(() -> w.write(one)) == 0) {
        Thread.onSpinWait();
      }
      sent = true;
    } catch (IOException e) {
      if (!closed) {
        throw new ZError.IOException(e);
      }
    } finally {
      if (!sent) {
        // No byte will come, so nobody may wait for it.
        wcursor.decrementAndGet();
      }
    }
  }

  /**
   * Waits until there is a signal.
   *
   * @param timeout milliseconds; 0 only looks at the count, below 0 waits for ever
   */
  boolean waitEvent(long timeout) {
    if (Thread.interrupted()) {
      errno.set(ZError.EINTR);
      return false;
    }
    if (rcursor < wcursor.get()) {
      return true;
    }
    int rc;
    try {
      if (timeout == 0) {
        // Called each time that something is sent or received; a system call would cost too much.
        errno.set(ZError.EAGAIN);
        return false;
      } else if (timeout < 0) {
        rc = selector.select(0);
      } else {
        rc = selector.select(timeout);
      }
    } catch (ClosedSelectorException e) {
      errno.set(ZError.EINTR);
      return false;
    } catch (IOException e) {
      errno.set(ZError.exccode(e));
      return false;
    }
    if (Thread.interrupted() || (rc == 0 && timeout <= 0 && !selector.keys().isEmpty())) {
      errno.set(ZError.EINTR);
      return false;
    } else if (rc == 0) {
      errno.set(ZError.EAGAIN);
      return false;
    }
    selector.selectedKeys().clear();
    return true;
  }

  /** Takes one signal, after {@link #waitEvent} said that there is one. */
  @SuppressWarnings("ThreadPriorityCheck") // Only a hint; it goes on without.
  void recv() {
    int nbytes = 0;
    try {
      ByteBuffer one = rdummy.get();
      one.clear();
      while (nbytes == 0) {
        nbytes = maskInterrupt(() -> r.read(one));
        if (nbytes == 0) {
          if (rcursor >= wcursor.get()) {
            // Its sender failed to write it.
            return;
          }
          // Counted, not written yet: the sender may need this processor to go on.
          Thread.yield();
        }
      }
    } catch (ClosedChannelException e) {
      errno.set(ZError.EINTR);
      return;
    } catch (IOException e) {
      throw new ZError.IOException(e);
    }
    assert nbytes == 1 : nbytes;
    rcursor++;
  }

  @Override
  public String toString() {
    return "Signaler[" + pid + "]";
  }
}
