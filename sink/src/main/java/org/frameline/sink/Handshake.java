package org.frameline.sink;

import java.util.List;
import java.util.function.Supplier;
import org.frameline.program.ProcessControl;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.socket.ControlServer;

/**
 * The answering side of the handshake. A question for progress is answered when there is some, at
 * the latest after {@value #LONGEST_HOLD_MS} ms, so that the ventilator need not ask again and
 * again. Not thread-safe: belongs to the sink's loop.
 */
final class Handshake {
  static final int LONGEST_HOLD_MS = 100;
  private static final int DEFAULT_WINDOW = 64;
  private static final int LARGEST_WINDOW = 100_000;

  /** How far the sink is. */
  record Standing(long received, List<String> workers, boolean hasAll) {}

  private final String run;
  private final Supplier<Standing> standing;
  private final SinkLedger ledger;
  private ControlServer.Reply held;
  private long heldSinceNs;
  private long answeredReceived;
  private boolean met;
  private boolean goodbye;
  private boolean ended;
  private String endedStream = "";
  private long published = -1;
  private int window = DEFAULT_WINDOW;

  Handshake(ProcessControl control, String run, Supplier<Standing> standing, SinkLedger ledger) {
    this.run = run;
    this.standing = standing;
    this.ledger = ledger;
    control
        .on("hello", this::hello)
        .on("progress", this::progress)
        .on("end", this::end)
        .on("goodbye", this::goodbye);
  }

  private void hello(ControlMessage question, ControlServer.Reply reply) {
    met = true;
    window =
        (int)
            Math.min(
                LARGEST_WINDOW,
                Math.max(1, question.count("window").orElse((long) DEFAULT_WINDOW)));
    reply.send(answer());
  }

  private void progress(ControlMessage question, ControlServer.Reply reply) {
    noteBeginning(question);
    hold(reply);
  }

  private void end(ControlMessage question, ControlServer.Reply reply) {
    noteBeginning(question);
    noteEnd(question);
    hold(reply);
  }

  private void goodbye(ControlMessage question, ControlServer.Reply reply) {
    goodbye = true;
    reply.send(answer());
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

  /** Only the newest question is held: there is one ventilator. */
  private void hold(ControlServer.Reply reply) {
    answerHeld();
    held = reply;
    heldSinceNs = System.nanoTime();
    if (standing.get().received() > answeredReceived) {
      answerHeld();
    }
  }

  /** More results arrived. */
  void progressed() {
    answerHeld();
  }

  /** Call often: answers what was held long enough. */
  void tick() {
    if (System.nanoTime() - heldSinceNs > LONGEST_HOLD_MS * 1_000_000L) {
      answerHeld();
    }
  }

  private void answerHeld() {
    if (held != null) {
      held.send(answer());
      held = null;
      answeredReceived = standing.get().received();
    }
  }

  ControlMessage answer() {
    Standing now = standing.get();
    return ControlMessage.ok()
        .with("program", "sink")
        .with("sink", run)
        .with("received", now.received())
        .with("missing", ledger.missing())
        .with("duplicate", ledger.duplicates())
        .with("workers", now.workers())
        .with("finished", now.hasAll())
        .with("goodbye", goodbye);
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
}
