package org.frameline.protocol.socket;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;
import org.zeromq.ZMonitor;

/** Which connections of a socket stand right now, and how many were lost. Thread-safe. */
public final class Connections {
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicLong lost = new AtomicLong();

  /** Watches a socket; to be called before it connects, so that nothing is missed. */
  void watch(ZMQ.Socket socket) {
    socket.setEventHook(this::count, ZMQ.EVENT_HANDSHAKE_PROTOCOL | ZMQ.EVENT_DISCONNECTED);
  }

  /** Called by ZeroMQ's I/O thread. */
  private void count(ZEvent event) {
    if (event.getEvent() == ZMonitor.Event.HANDSHAKE_PROTOCOL) {
      connected.incrementAndGet();
    } else {
      lost.incrementAndGet();
      connected.updateAndGet(count -> Math.max(0, count - 1));
    }
  }

  public boolean isConnected() {
    return connected.get() > 0;
  }

  /** How many connections have ended so far. */
  public long lost() {
    return lost.get();
  }
}
