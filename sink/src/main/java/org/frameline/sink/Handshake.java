package org.frameline.sink;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.socket.Messages;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/**
 * The REP side of the handshake. A question for progress is answered when there is some, at the
 * latest after {@value #LONGEST_HOLD_MS} ms, so that the ventilator need not ask again and again.
 * Not thread-safe: belongs to the sink's loop.
 */
final class Handshake {
  static final int LONGEST_HOLD_MS = 100;
  private static final int DEFAULT_WINDOW = 64;
  private static final int LARGEST_WINDOW = 100_000;
  private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

  /** How far the sink is. */
  record Standing(long received, List<String> workers, boolean hasAll) {}

  private final Sockets sockets;
  private final ZMQ.Socket socket;
  private final String run;
  private final Supplier<Standing> standing;
  private final SinkLedger ledger;
  private boolean held;
  private long heldSinceNs;
  private long answeredReceived;
  private boolean met;
  private boolean goodbye;
  private boolean ended;
  private String endedStream = "";
  private long published = -1;
  private int window = DEFAULT_WINDOW;
  private boolean faultLogged;

  Handshake(
      Sockets sockets,
      PollLoop loop,
      Endpoint endpoint,
      String run,
      Supplier<Standing> standing,
      SinkLedger ledger) {
    this.sockets = sockets;
    this.run = run;
    this.standing = standing;
    this.ledger = ledger;
    socket = sockets.reply(endpoint, "--handshake");
    loop.onMessageWhile(socket, () -> !held, this::takeQuestion);
  }

  private boolean takeQuestion() {
    List<byte[]> parts = Messages.receive(socket);
    if (parts == null) {
      return false;
    }
    try {
      take(ControlMessage.decode(parts.get(0)));
    } catch (MalformedMessageException e) {
      if (!faultLogged) {
        faultLogged = true;
        LOG.warn("malformed question on the handshake socket: {}", e.getMessage());
      }
      socket.send(ControlMessage.error(e.getMessage()).encode());
    }
    return true;
  }

  private void take(ControlMessage question) {
    String name = question.text("request").orElse("");
    switch (name) {
      case "status" -> answer();
      case "hello" -> {
        met = true;
        window = (int) Math.min(LARGEST_WINDOW, Math.max(1, question.count("window").orElse(64L)));
        answer();
      }
      case "progress" -> {
        noteBeginning(question);
        hold();
      }
      case "end" -> {
        noteBeginning(question);
        noteEnd(question);
        hold();
      }
      case "goodbye" -> {
        goodbye = true;
        answer();
      }
      default ->
          socket.send(
              ControlMessage.error(
                      "request: expected hello, progress, end, goodbye or status, found \""
                          + name
                          + "\"")
                  .encode());
    }
  }

  private void noteBeginning(ControlMessage question) {
    question
        .text("stream")
        .ifPresent(
            stream -> question.count("first").ifPresent(first -> ledger.beginsAt(stream, first)));
  }

  private void noteEnd(ControlMessage question) {
    ended = true;
    endedStream = question.text("stream").orElse("");
    question
        .count("published")
        .ifPresent(
            frames -> {
              published = frames;
              ledger.endsAt(endedStream, frames);
            });
  }

  private void hold() {
    held = true;
    heldSinceNs = System.nanoTime();
    if (standing.get().received() > answeredReceived) {
      answer();
    }
  }

  /** More results arrived. */
  void progressed() {
    if (held) {
      answer();
    }
  }

  /** Call often: answers what was held long enough. */
  void tick() {
    if (held && System.nanoTime() - heldSinceNs > LONGEST_HOLD_MS * 1_000_000L) {
      answer();
    }
  }

  private void answer() {
    held = false;
    Standing now = standing.get();
    answeredReceived = now.received();
    socket.send(
        ControlMessage.ok()
            .with("program", "sink")
            .with("sink", run)
            .with("received", now.received())
            .with("missing", ledger.missing())
            .with("duplicate", ledger.duplicates())
            .with("workers", now.workers())
            .with("finished", now.hasAll())
            .with("goodbye", goodbye)
            .encode());
  }

  /** Whether a ventilator has asked yet. */
  boolean isMet() {
    return met;
  }

  /** Whether the ventilator said that no more frames will come. */
  boolean hasEnded() {
    return ended;
  }

  boolean saidGoodbye() {
    return goodbye;
  }

  /** The stream that ended, empty before. */
  String endedStream() {
    return endedStream;
  }

  /** How many frames that stream had, -1 when nobody said. */
  long published() {
    return published;
  }

  /** How many frames may be under way at once. */
  int window() {
    return window;
  }

  void close(Duration linger) {
    sockets.close(socket, linger);
  }
}
