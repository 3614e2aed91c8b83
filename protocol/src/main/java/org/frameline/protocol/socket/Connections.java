package org.frameline.protocol.socket;

import java.util.concurrent.atomic.AtomicInteger;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;
import org.zeromq.ZMonitor;

/** How many peers a socket is connected to right now. Thread-safe. */
public final class Connections {
  private final AtomicInteger connected = new AtomicInteger();

  /** Watches a socket; to be called before it connects, so that nothing is missed. */
  void watch(ZMQ.Socket socket) {
    socket.setEventHook(this::count, ZMQ.EVENT_HANDSHAKE_PROTOCOL | ZMQ.EVENT_DISCONNECTED);
  }

  /** Called by ZeroMQ's I/O thread. */
  private void count(ZEvent event) {
    if (event.getEvent() == ZMonitor.Event.HANDSHAKE_PROTOCOL) {
      connected.incrementAndGet();
    } else {
      connected.updateAndGet(count -> Math.max(0, count - 1));
    }
  }

  public boolean isConnected() {
    return connected.get() > 0;
  }
}
