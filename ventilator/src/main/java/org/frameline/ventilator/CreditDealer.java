package org.frameline.ventilator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.Token;
import org.frameline.protocol.ring.RingDirectory;
import org.frameline.protocol.socket.Connections;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ROUTER/DEALER: a worker asks for as many frames as it can hold, and it is known who holds which.
 * What a worker held is dealt out again when it says goodbye, falls silent or loses its connection.
 * Not thread-safe.
 */
final class CreditDealer implements Dealer {
  private static final long HEARTBEAT_NS = Duration.ofMillis(500).toNanos();
  private static final Duration LINGER = Duration.ofMillis(200);
  private static final int QUEUED_PER_WORKER = 64;
  private static final int PARTS_FROM_A_WORKER = 2;
  private static final ControlMessage ALIVE = ControlMessage.request("alive");
  private static final Logger LOG = LoggerFactory.getLogger(CreditDealer.class);

  private final Sockets sockets;
  private final MessageSocket socket;
  private final Connections connections = new Connections();
  private final Outstanding outstanding;
  private final Runnable dealAll;
  private final Optional<String> domain;
  private final CreditLedger ledger = new CreditLedger();
  private long heartbeatNs = System.nanoTime();
  private long lostConnections;
  private boolean faultLogged;

  /**
   * Binds.
   *
   * @param dealAll called when a worker has room
   * @param domain of the ventilator's rings
   */
  CreditDealer(
      Sockets sockets,
      PollLoop loop,
      Endpoint endpoint,
      Outstanding outstanding,
      Runnable dealAll,
      Optional<String> domain) {
    this.domain = domain;
    this.sockets = sockets;
    this.outstanding = outstanding;
    this.dealAll = dealAll;
    socket = sockets.bindRouter(endpoint, "--bind", QUEUED_PER_WORKER, connections);
    socket.waitForRoom(Duration.ZERO);
    loop.onMessage(socket, this::takeWord);
  }

  private boolean takeWord() {
    List<byte[]> parts = socket.receive();
    if (parts == null) {
      return false;
    }
    try {
      if (parts.size() != PARTS_FROM_A_WORKER) {
        throw new MalformedMessageException("message", "1 part", parts.size() - 1);
      }
      take(parts.get(0), ControlMessage.decode(parts.get(1)));
    } catch (MalformedMessageException e) {
      if (!faultLogged) {
        faultLogged = true;
        LOG.warn("dropped a malformed request for tasks: {}", e.getMessage());
      }
    }
    return true;
  }

  private void take(byte[] address, ControlMessage word) throws MalformedMessageException {
    long now = System.nanoTime();
    String name =
        word.text("worker")
            .orElseThrow(() -> new MalformedMessageException("worker", "a text", word.fields()));
    String token = Token.in(word);
    if (!ledger.isFree(address, name, token)) {
      throw new MalformedMessageException(
          "worker", "a name that is free, or the token that goes with it", name);
    }
    String request = word.text("request").orElse("");
    switch (request) {
      case "tasks" -> {
        String replaced =
            ledger.asked(
                address,
                name,
                token,
                word.count("received").orElse(0L),
                word.count("room").orElse(0L),
                word.text(RingDirectory.DOMAIN).orElse(""),
                now);
        if (replaced != null) {
          gone(replaced);
        }
        dealAll.run();
      }
      case "goodbye" -> {
        String left = ledger.left(address);
        if (left != null) {
          // Its last results may still be on their way to the sink.
          outstanding.doubt(task -> task.holder().equals(left), now);
        }
      }
      default -> throw new MalformedMessageException("request", "tasks or goodbye", request);
    }
  }

  private void gone(String holder) {
    outstanding.lost(task -> task.holder().equals(holder));
  }

  /** A worker asks for no more than a few, one by one. */
  @Override
  public int mostTogether() {
    return 1;
  }

  @Override
  public String deal(List<Task> tasks) {
    Task task = tasks.get(0);
    CreditLedger.Worker worker = ledger.next(task.deals > 0 ? task.holder() : "");
    while (worker != null) {
      if (send(worker, task.message())) {
        ledger.dealt(worker);
        return worker.holder();
      }
      forget(worker);
      worker = ledger.next("");
    }
    return null;
  }

  private boolean send(CreditLedger.Worker worker, HeldFrame message) {
    return (message.isInRing() && readsRing(worker))
        ? socket.sendTo(worker.address(), message.reference())
        : socket.forwardTo(worker.address(), message.parts());
  }

  private boolean readsRing(CreditLedger.Worker worker) {
    return domain.isPresent() && domain.get().equals(worker.ringDomain());
  }

  @Override
  public boolean ringIsRead() {
    return ledger.workers().stream().anyMatch(this::readsRing);
  }

  private void forget(CreditLedger.Worker worker) {
    ledger.left(worker.address());
    LOG.warn("lost the connection to {}", worker.name());
    gone(worker.holder());
  }

  @Override
  public void tick(long nowNs) {
    for (CreditLedger.Worker worker : ledger.fallenSilent(nowNs)) {
      LOG.warn("nothing heard from {} any more", worker.name());
      gone(worker.holder());
    }
    long lost = connections.lost();
    if (lost > lostConnections) {
      lostConnections = lost;
      sayAlive(ledger.workers());
    } else if (nowNs - heartbeatNs > HEARTBEAT_NS) {
      heartbeatNs = nowNs;
      // What is said to a silent one would only pile up.
      sayAlive(ledger.workers().stream().filter(worker -> !worker.isSilent()).toList());
    }
  }

  private void sayAlive(List<CreditLedger.Worker> workers) {
    for (CreditLedger.Worker worker : workers) {
      if (!socket.offerTo(worker.address(), ALIVE)) {
        forget(worker);
      }
    }
  }

  @Override
  public void sendHome(Set<String> staying, StreamMessage.SeriesEnd end) {
    for (CreditLedger.Worker worker : ledger.workers()) {
      if (staying.contains(worker.name())) {
        socket.sendTo(worker.address(), end);
      }
    }
  }

  @Override
  public void close() {
    sockets.close(socket, LINGER);
  }
}
