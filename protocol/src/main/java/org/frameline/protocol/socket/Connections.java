package org.frameline.protocol.socket;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;

/** Which connections of a socket stand right now, and how many were lost. Thread-safe. */
public final class Connections {
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicLong lost = new AtomicLong();

  /** Watches a socket; to be called before it connects, so that nothing is missed. */
  void watch(ZMQ.Socket socket) {
    socket.setEventHook(
        this::count, ZMQ.EVENT_ACCEPTED | ZMQ.EVENT_HANDSHAKE_PROTOCOL | ZMQ.EVENT_DISCONNECTED);
  }

  /** Called by ZeroMQ's I/O thread. */
  private void count(ZEvent event) {
    switch (event.getEvent()) {
      case ACCEPTED -> accepted.incrementAndGet();
      case HANDSHAKE_PROTOCOL -> connected.incrementAndGet();
      default -> {
        lost.incrementAndGet();
        connected.updateAndGet(Connections::oneLess);
        accepted.updateAndGet(Connections::oneLess);
      }
    }
  }

  private static int oneLess(int count) {
    return Math.max(0, count - 1);
  }

  /**
   * Bound sockets: how many peers there are, those included that have said nothing yet. A peer is
   * counted before any message can go to it.
   */
  public int accepted() {
    return accepted.get();
  }

  public boolean isConnected() {
    return connected.get() > 0;
  }

  /** How many connections have ended so far. */
  public long lost() {
    return lost.get();
  }
}
