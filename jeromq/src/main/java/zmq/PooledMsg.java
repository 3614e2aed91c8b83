/*
 * This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of
 * the MPL was not distributed with this file, You can obtain one at http://mozilla.org/MPL/2.0/.
 *
 * Written by the authors of Frameline, in 2026, for JeroMQ 0.6.0.
 */
package zmq;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A message whose memory can be used again: who made it learns when all who held it have let go. It
 * begins with one hold. Sending hands that one over; a socket that sends a message to many holds it
 * for each of them, and an encoder lets go when the connection has taken the last byte.
 *
 * <p>What JeroMQ drops, with a connection that breaks or a queue that is full, is not always let
 * go: then its memory is collected as any other, and is not used again.
 *
 * <p>Thread-safe as far as holds go.
 */
public final class PooledMsg extends Msg {
  private final AtomicInteger holds = new AtomicInteger(1);
  private final Runnable allLetGo;

  /**
   * A message with what is between the start and the limit of this memory.
   *
   * @param memory to be written by nobody until all let go; its position is 0, its capacity its
   *     limit, since an encoder writes all there is
   * @param allLetGo called once, by whoever lets go last
   */
  public PooledMsg(ByteBuffer memory, Runnable allLetGo) {
    super(requireWhole(memory));
    this.allLetGo = allLetGo;
  }

  private static ByteBuffer requireWhole(ByteBuffer memory) {
    if (memory.remaining() != memory.capacity()) {
      throw new IllegalArgumentException(
          "memory: expected all of a buffer, found " + memory + "; use slice()");
    }
    return memory;
  }

  /** So many more have it, each of which lets go. Only who holds it may call this. */
  public void hold(int more) {
    holds.addAndGet(more);
  }

  /** One who held it needs it no more. */
  public void letGo() {
    int left = holds.decrementAndGet();
    if (left == 0) {
      allLetGo.run();
    } else if (left < 0) {
      throw new IllegalStateException("a message was let go more often than it was held");
    }
  }

  /** One who held this message needs it no more; nothing happens for messages of other kinds. */
  public static void letGo(Msg message) {
    if (message instanceof PooledMsg pooled) {
      pooled.letGo();
    }
  }
}
