package org.frameline.ventilator;

import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.socket.Connections;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;

/**
 * PUSH/PULL: ZeroMQ gives each frame to the next worker whose queue has room. Nobody knows which
 * worker has which frame, so when a connection ends all frames are in doubt for a moment. Not
 * thread-safe.
 */
final class PushDealer implements Dealer {
  /** Enough to keep a worker busy while the next task travels; more would starve the others. */
  private static final int QUEUED_PER_WORKER = 1;

  private static final Duration LINGER = Duration.ofMillis(200);

  private final Sockets sockets;
  private final MessageSocket socket;
  private final Connections workers = new Connections();
  private final Outstanding outstanding;
  private long lost;

  /**
   * Binds.
   *
   * @param wanted whether there is a frame to deal out
   * @param dealOne deals one out; false when there was no room after all
   */
  PushDealer(
      Sockets sockets,
      PollLoop loop,
      Endpoint endpoint,
      Outstanding outstanding,
      BooleanSupplier wanted,
      PollLoop.Handler dealOne) {
    this.sockets = sockets;
    this.outstanding = outstanding;
    socket = sockets.bindPush(endpoint, "--bind", QUEUED_PER_WORKER, workers);
    socket.waitForRoom(Duration.ZERO);
    loop.onRoomWhile(socket, wanted, dealOne);
  }

  @Override
  public String deal(Task task) {
    return socket.forward(task.parts()) ? "" : null;
  }

  @Override
  public void tick(long nowNs) {
    long now = workers.lost();
    if (now > lost) {
      lost = now;
      outstanding.doubt(task -> true, nowNs);
    }
  }

  /** One end each: all queues are empty now, so PUSH deals them out evenly. */
  @Override
  public void sendHome(Set<String> staying, StreamMessage.SeriesEnd end) {
    staying.forEach(worker -> socket.send(end));
  }

  @Override
  public void close() {
    sockets.close(socket, LINGER);
  }
}
