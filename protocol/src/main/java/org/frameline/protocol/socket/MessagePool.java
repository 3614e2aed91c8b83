package org.frameline.protocol.socket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import zmq.PooledMsg;

/**
 * Memory outside the heap for the payloads of messages, used again and again. From there the system
 * takes the bytes without another copy, which it cannot do from the heap. There is as much as is on
 * its way at one time, so queues bound it. What a broken connection loses is collected and
 * replaced.
 *
 * <p>Thread-safe: taken on one thread, given back by ZeroMQ's I/O threads.
 */
public final class MessagePool {
  private final int mostKept;
  private final Deque<ByteBuffer> free = new ArrayDeque<>();

  /**
   * Makes a pool without any memory.
   *
   * @param mostKept how many payloads it keeps while nobody uses them: a queue full
   */
  public MessagePool(int mostKept) {
    this.mostKept = mostKept;
  }

  /**
   * Memory for one payload.
   *
   * @return so many bytes, with the capacity that a message needs; undefined content, big endian
   */
  public ByteBuffer take(int bytes) {
    synchronized (free) {
      // Payloads of a stream have one size. After another stream those of before are of no use.
      if (!free.isEmpty() && free.peek().capacity() != bytes) {
        free.clear();
      }
      if (!free.isEmpty()) {
        // What was used last is most likely still in the processor's cache.
        return free.pop();
      }
    }
    return ByteBuffer.allocateDirect(bytes);
  }

  /**
   * A message with memory that was taken here; back it goes when all who got the message sent it.
   */
  PooledMsg message(ByteBuffer memory) {
    ByteBuffer whole = memory.duplicate().clear();
    return new PooledMsg(whole, () -> giveBack(whole));
  }

  private void giveBack(ByteBuffer memory) {
    synchronized (free) {
      boolean fits = free.isEmpty() || free.peek().capacity() == memory.capacity();
      if (fits && free.size() < mostKept) {
        free.push(memory);
      }
    }
  }

  /** How many payloads it keeps that nobody uses. */
  int free() {
    synchronized (free) {
      return free.size();
    }
  }
}
