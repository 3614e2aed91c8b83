package org.frameline.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.Token;
import org.frameline.protocol.ring.RingDirectory;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;

/**
 * Frames by request: says twice a second, and after each frame, how many it has received and how
 * many it has room for beyond those. The same word is its heartbeat. Not thread-safe.
 */
final class CreditTasks implements TaskSource {
  /** Beside the frames that are being transformed: the round trip is shorter than a transform. */
  private static final int ROOM = 2;

  private static final long HEARTBEAT_NS = Duration.ofMillis(500).toNanos();
  private static final long SILENT_AFTER_NS = Duration.ofSeconds(4).toNanos();
  private static final int PARTS_OF_A_TASK = 3;

  private final Sockets sockets;
  private final String worker;
  private final String token;
  private final Optional<String> ringDomain;
  private final MessageSocket socket;
  private long received;
  private long saidNs = System.nanoTime() - HEARTBEAT_NS;
  private long heardNs = System.nanoTime() - SILENT_AFTER_NS;

  CreditTasks(
      Sockets sockets,
      PollLoop loop,
      Endpoint endpoint,
      String worker,
      String token,
      Optional<String> ringDomain,
      BooleanSupplier wanted,
      PollLoop.Handler takeOne) {
    this.sockets = sockets;
    this.worker = worker;
    this.token = token;
    this.ringDomain = ringDomain;
    socket = sockets.connectDealer(endpoint, 2 * ROOM);
    loop.onMessageWhile(socket, wanted, takeOne);
  }

  @Override
  public List<byte[]> take() {
    List<byte[]> parts = socket.receive();
    while (parts != null) {
      heardNs = System.nanoTime();
      if (parts.size() == PARTS_OF_A_TASK) {
        received++;
        ask();
        return parts;
      }
      // The ventilator says that it is alive.
      parts = socket.receive();
    }
    return null;
  }

  private void ask() {
    ControlMessage word =
        ControlMessage.request("tasks")
            .with("worker", worker)
            .with(Token.KEY, token)
            .with("received", received)
            .with("room", ROOM);
    socket.offer(ringDomain.map(name -> word.with(RingDirectory.DOMAIN, name)).orElse(word));
    saidNs = System.nanoTime();
  }

  @Override
  public boolean isConnected() {
    return System.nanoTime() - heardNs < SILENT_AFTER_NS;
  }

  @Override
  public void tick(long nowNs) {
    if (nowNs - saidNs >= HEARTBEAT_NS) {
      ask();
    }
  }

  @Override
  public void leave() {
    socket.offer(ControlMessage.request("goodbye").with("worker", worker).with(Token.KEY, token));
  }

  @Override
  public void close() {
    sockets.close(socket, LINGER);
  }
}
