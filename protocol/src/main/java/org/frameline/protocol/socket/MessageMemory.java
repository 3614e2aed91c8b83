package org.frameline.protocol.socket;

import zmq.Msg;
import zmq.msg.MsgAllocator;
import zmq.msg.MsgAllocatorHeap;

/**
 * Gives JeroMQ the memory for a message that a peer has announced. JeroMQ 0.6.0 takes a size of
 * 2^63 and more for a negative number, which is below every limit, and then asks for whatever its
 * lower 31 bits say; and when there is no memory, its I/O thread ends, and with it all connections
 * of the process. So what cannot be is answered with an empty message here. The connection that
 * announced it is out of step from then on: the rest of what it sends is no message of ours, and
 * counted or refused like any other. Thread-safe.
 */
final class MessageMemory implements MsgAllocator {
  private static final MsgAllocator HEAP = new MsgAllocatorHeap();

  /** Less is copied on its way through JeroMQ anyhow. */
  private static final int POOLED_FROM = 16 * 1024;

  private final long limit;
  private final MessagePool pool;

  /**
   * For one socket, with memory of the heap.
   *
   * @param limit largest message it accepts, in bytes
   */
  MessageMemory(long limit) {
    this(limit, null);
  }

  /**
   * For one socket whose messages are received by {@link MessageSocket#receiveLent}.
   *
   * @param limit largest message it accepts, in bytes
   * @param pool where large ones get their memory
   */
  MessageMemory(long limit, MessagePool pool) {
    this.limit = limit;
    this.pool = pool;
  }

  @Override
  public Msg allocate(int size) {
    if (size < 0 || size > limit) {
      return new Msg(0);
    }
    try {
      return pool == null || size < POOLED_FROM
          ? HEAP.allocate(size)
          : pool.message(pool.take(size));
    } catch (OutOfMemoryError e) {
      return new Msg(0);
    }
  }
}
