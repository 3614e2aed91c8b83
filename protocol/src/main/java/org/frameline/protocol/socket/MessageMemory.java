package org.frameline.protocol.socket;

import zmq.Msg;
import zmq.msg.MsgAllocator;
import zmq.msg.MsgAllocatorThreshold;

/**
 * Gives JeroMQ the memory for a message that a peer has announced. JeroMQ 0.6.0 takes a size of
 * 2^63 and more for a negative number, which is below every limit, and then asks for whatever its
 * lower 31 bits say; and when there is no memory, its I/O thread ends, and with it all connections
 * of the process. So what cannot be is answered with an empty message here. The connection that
 * announced it is out of step from then on: the rest of what it sends is no message of ours, and
 * counted or refused like any other. Thread-safe.
 */
final class MessageMemory implements MsgAllocator {
  private static final MsgAllocator ALLOCATOR = new MsgAllocatorThreshold();

  private final long limit;

  /**
   * For one socket.
   *
   * @param limit largest message it accepts, in bytes
   */
  MessageMemory(long limit) {
    this.limit = limit;
  }

  @Override
  public Msg allocate(int size) {
    if (size < 0 || size > limit) {
      return new Msg(0);
    }
    try {
      return ALLOCATOR.allocate(size);
    } catch (OutOfMemoryError e) {
      return new Msg(0);
    }
  }
}
