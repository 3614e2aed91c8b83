package org.frameline.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.frameline.program.ProcessControl;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.ReceivedFrames;
import org.frameline.protocol.StreamMessage.References;
import org.frameline.protocol.Token;
import org.frameline.protocol.ring.RingDirectory;
import org.frameline.protocol.socket.ControlServer;

/**
 * The answering side of the handshake. A question for progress is answered when enough results have
 * come to be worth a message, or a few and {@value #SHORT_HOLD_MS} ms are over, at the latest after
 * {@value #LONGEST_HOLD_MS} ms, so that the ventilator need not ask again and again. Not
 * thread-safe: belongs to the sink's loop.
 */
final class Handshake {
  static final int LONGEST_HOLD_MS = 100;
  private static final int SHORT_HOLD_MS = 15;

  /** The ventilator goes on with the rest of its window meanwhile. */
  private static final int ANSWERS_PER_WINDOW = 8;

  private static final int DEFAULT_WINDOW = 64;
  private static final int LARGEST_WINDOW = 100_000;

  /** So many runs of frames are named in one answer, which then stays far below its limit. */
  private static final int MOST_RUNS = 500;

  private static final long SILENT_AFTER_NS = Duration.ofSeconds(2).toNanos();

  /** How far the sink is, at the moment when it is asked. */
  interface Standing {
    /** Whether no more frames are wanted. */
    boolean hasAll();

    /** Whether the order of frames must be kept. */
    boolean ordered();

    /** The workers that are ready. */
    List<String> workers();

    /** What these say of rings, if all can read the same. */
    Optional<WorkerTally.RingReaders> readers();
  }

  private final String run;
  private final VentilatorRole role = new VentilatorRole();
  private final Standing standing;
  private final SinkLedger ledger;
  private final OrderedOutput output;
  private ControlServer.Reply held;
  private List<DealtStream> heldStreams = List.of();
  private long askedNs = System.nanoTime();
  private long heldSinceNs;
  private long answeredReceived;
  private boolean met;
  private boolean goodbye;
  private boolean ended;
  private String endedStream = "";
  private long published = -1;
  private int window = DEFAULT_WINDOW;
  private long answerAfter;

  Handshake(
      ProcessControl control,
      String run,
      Standing standing,
      SinkLedger ledger,
      OrderedOutput output) {
    this.run = run;
    this.standing = standing;
    this.ledger = ledger;
    this.output = output;
    control
        .on("hello", ofVentilator(true, this::hello))
        .on("progress", ofVentilator(true, this::progress))
        .on("end", ofVentilator(false, this::end))
        .on("goodbye", ofVentilator(false, this::goodbye))
        .onGone(role::gone);
  }

  /** What is asked by others changes nothing. */
  private ControlServer.Handler ofVentilator(boolean begins, ControlServer.Handler handler) {
    return (question, reply) -> {
      if (!role.admits(Token.in(question), reply.peer(), begins)) {
        throw new MalformedMessageException(
            Token.KEY, "that of the ventilator that said hello", "another");
      }
      handler.take(question, reply);
    };
  }

  private void hello(ControlMessage question, ControlServer.Reply reply) {
    askedNs = System.nanoTime();
    met = true;
    ended = false;
    window =
        (int)
            Math.min(
                LARGEST_WINDOW,
                Math.max(1, question.count("window").orElse((long) DEFAULT_WINDOW)));
    reply.send(answer().with("resume", resume()));
  }

  private void progress(ControlMessage question, ControlServer.Reply reply) {
    answerAfter = question.count("after").orElse((long) window / ANSWERS_PER_WINDOW);
    askedNs = System.nanoTime();
    hold(reply, noteDealt(question));
    if (answerAfter == 0) {
      answerHeld();
    }
  }

  private void end(ControlMessage question, ControlServer.Reply reply) {
    askedNs = System.nanoTime();
    List<DealtStream> streams = noteDealt(question);
    streams.forEach(stream -> nothingFollows(stream.stream(), stream.to()));
    noteEnd(question);
    hold(reply, streams);
  }

  private void goodbye(ControlMessage question, ControlServer.Reply reply) {
    askedNs = System.nanoTime();
    goodbye = true;
    reply.send(answer(noteDealt(question)));
  }

  private List<DealtStream> noteDealt(ControlMessage question) {
    List<DealtStream> streams = DealtStream.of(question);
    for (DealtStream stream : streams) {
      ledger.name(stream);
      if (stream.over()) {
        nothingFollows(stream.stream(), stream.to());
      }
    }
    output.dealt(streams, window);
    return streams;
  }

  /** What came of a stream from there on was never dealt out. */
  private void nothingFollows(String stream, long to) {
    ledger.endsBefore(stream, to);
    output.endsBefore(stream, to);
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
              output.endsBefore(endedStream, frames);
            });
  }

  /** Only the newest question is held: there is one ventilator. */
  private void hold(ControlServer.Reply reply, List<DealtStream> streams) {
    answerHeld();
    held = reply;
    heldStreams = streams;
    heldSinceNs = System.nanoTime();
    progressed();
  }

  /** More results arrived. */
  void progressed() {
    if (held == null) {
      return;
    }
    long news = ledger.received() - answeredReceived;
    if (news > 0 && (ended || news >= answerAfter || standing.hasAll())) {
      answerHeld();
    }
  }

  /** More of what arrived is kept for good. */
  void kept() {
    answerHeld();
  }

  /** Call often: answers what was held long enough. */
  void tick() {
    long heldNs = System.nanoTime() - heldSinceNs;
    boolean isNews = held != null && ledger.received() > answeredReceived;
    if (heldNs > (isNews ? SHORT_HOLD_MS : LONGEST_HOLD_MS) * 1_000_000L) {
      answerHeld();
    }
  }

  private void answerHeld() {
    if (held != null) {
      held.send(answer(heldStreams));
      held = null;
      answeredReceived = ledger.received();
    }
  }

  /** What is told without being asked for streams, in a status. */
  ControlMessage answer() {
    return answer(List.of());
  }

  private ControlMessage answer(List<DealtStream> asked) {
    List<ReceivedFrames> received = new ArrayList<>();
    for (DealtStream stream : asked) {
      received.add(
          ledger
              .receivedFrom(stream.stream(), stream.from(), MOST_RUNS / DealtStream.MOST)
              .keptBelow(output.keptBelow(stream.stream())));
    }
    ControlMessage answer =
        ControlMessage.ok()
            .with("program", "sink")
            .with("sink", run)
            .with("received", ledger.received())
            .with("resumed", ledger.resumed())
            .with("missing", ledger.missing())
            .with("duplicate", ledger.duplicates())
            .with("workers", standing.workers())
            .with("finished", standing.hasAll())
            .with("goodbye", goodbye)
            .with("ordered", standing.ordered());
    ControlMessage whole = standing.readers().map(all -> withReaders(answer, all)).orElse(answer);
    return ReceivedFrames.put(whole, received);
  }

  private static ControlMessage withReaders(ControlMessage answer, WorkerTally.RingReaders all) {
    return answer
        .with(RingDirectory.DOMAIN, all.domain())
        .with("room", all.room())
        .with(References.KEY, all.together());
  }

  /** With what a ventilator may go on that knows nothing of the one before. */
  private List<Map<String, Object>> resume() {
    String stream = ledger.lastStream();
    if (stream == null) {
      return List.of();
    }
    long frame = Math.min(ledger.completeBelow(stream), output.keptBelow(stream));
    return List.of(Map.of("stream", stream, "frame", frame));
  }

  /** Whether a ventilator has asked before, but not lately. */
  boolean isForsaken() {
    return met && System.nanoTime() - askedNs > SILENT_AFTER_NS;
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
