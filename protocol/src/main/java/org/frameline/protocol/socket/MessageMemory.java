package org.frameline.protocol.socket;

import zmq.Msg;
import zmq.msg.MsgAllocator;
import zmq.msg.MsgAllocatorHeap;

/**
 * Memory for messages that arrive on one socket: from a pool where they have pixels, if they are
 * received by {@link MessageSocket#receiveLent}. Thread-safe.
 */
final class MessageMemory implements MsgAllocator {
  private static final MsgAllocator HEAP = new MsgAllocatorHeap();

  /** Less is copied on its way through JeroMQ anyhow. */
  private static final int POOLED_FROM = 16 * 1024;

  private final MessagePool pool;

  MessageMemory(MessagePool pool) {
    this.pool = pool;
  }

  @Override
  public Msg allocate(int size) {
    return size < POOLED_FROM ? HEAP.allocate(size) : pool.message(pool.take(size));
  }
}
