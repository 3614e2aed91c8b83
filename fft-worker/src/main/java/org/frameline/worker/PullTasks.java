package org.frameline.worker;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.socket.Connections;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;

/** Frames by PULL: the ventilator's socket gives one whenever the queue has room. */
final class PullTasks implements TaskSource {
  /** One task waits while another is transformed; more would be kept from idle workers. */
  private static final int QUEUED_TASKS = 1;

  private final Sockets sockets;
  private final MessageSocket socket;
  private final Connections ventilator = new Connections();

  PullTasks(
      Sockets sockets,
      PollLoop loop,
      Endpoint endpoint,
      BooleanSupplier wanted,
      PollLoop.Handler takeOne) {
    this.sockets = sockets;
    socket = sockets.connectPull(endpoint, QUEUED_TASKS, ventilator);
    loop.onMessageWhile(socket, wanted, takeOne);
  }

  @Override
  public List<byte[]> take() {
    return socket.receive();
  }

  @Override
  public boolean isConnected() {
    return ventilator.isConnected();
  }

  @Override
  public void tick(long nowNs) {
    // PUSH and PULL have nothing to say to each other.
  }

  @Override
  public void leave() {
    // The connection that ends says it.
  }

  @Override
  public void close() {
    sockets.close(socket, Duration.ZERO);
  }
}
