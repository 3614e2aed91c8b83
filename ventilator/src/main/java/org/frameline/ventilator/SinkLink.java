package org.frameline.ventilator;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.ReceivedFrames;
import org.frameline.protocol.StartFrom;
import org.frameline.protocol.StreamMessage.References;
import org.frameline.protocol.Token;
import org.frameline.protocol.ring.RingDirectory;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Refusals;
import org.frameline.protocol.socket.Sockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REQ side of the handshake with the sink: one question at a time, asked again when no answer
 * comes, and the last answer. Not thread-safe: belongs to the ventilator's loop.
 */
final class SinkLink implements AutoCloseable {
  private static final long ANSWER_WITHIN_NS = Duration.ofSeconds(1).toNanos();
  private static final long ASK_EVERY_NS = Duration.ofMillis(200).toNanos();

  /** A sink answers within 100 ms; one that is slow for a moment is not gone yet. */
  private static final long SILENT_AFTER_NS = Duration.ofSeconds(1).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(SinkLink.class);

  private final Sockets sockets;
  private final MessageSocket socket;
  private final Runnable answered;
  private final Refusals malformed;
  private final ControlMessage hello;
  private final String token = Token.create();
  private boolean isRefused;
  private boolean asking;
  private long askedNs;

  private String run = "";
  private List<ReceivedFrames> received = List.of();
  private List<DealtStream> asked = List.of();

  /** By stream, the frame below which all may come. */
  private final Map<String, Long> expected = new HashMap<>();

  private long answeredNs;
  private long answersSinceNs;
  private Set<String> workers = Set.of();
  private boolean finished;
  private boolean ordered;
  private boolean goodbye;
  private StartFrom resume = StartFrom.NOW;
  private String ringDomain = "";
  private long room;
  private long together = 1;

  /**
   * Has asked nothing yet.
   *
   * @param hello how the ventilator introduces itself
   * @param answered called when an answer has come
   */
  SinkLink(
      Sockets sockets, PollLoop loop, Endpoint endpoint, ControlMessage hello, Runnable answered) {
    this.sockets = sockets;
    this.hello = hello;
    this.answered = answered;
    malformed = new Refusals("a malformed answer from the sink at " + endpoint);
    socket = sockets.request(endpoint);
    // Answers that come late are dropped with the next question.
    loop.onMessageWhile(socket, () -> asking, this::takeAnswer);
  }

  /** Introduces the ventilator, unless an answer is still awaited. */
  void greet() {
    ask(hello);
  }

  /** Asks unless an answer is still awaited; one to whom the sink does not listen says hello. */
  void ask(ControlMessage request) {
    long now = System.nanoTime();
    if (mayAsk(now)) {
      ControlMessage question = isRefused ? hello : request;
      asking = socket.offer(question.with(Token.KEY, token));
      asked = DealtStream.of(question);
      askedNs = now;
    }
  }

  private boolean mayAsk(long now) {
    return asking ? now - askedNs >= ANSWER_WITHIN_NS : !isRefused || now - askedNs >= ASK_EVERY_NS;
  }

  /** Asks at once when it matters, else five times a second. */
  void askNowAndThen(Supplier<ControlMessage> request, boolean matters) {
    long now = System.nanoTime();
    if ((matters || now - askedNs > ASK_EVERY_NS) && mayAsk(now)) {
      ask(request.get());
    }
  }

  private boolean takeAnswer() {
    List<byte[]> parts = socket.receive();
    if (parts == null) {
      return false;
    }
    asking = false;
    try {
      ControlMessage answer = ControlMessage.decode(parts.get(0));
      if (answer.fields().get("ok") == Boolean.FALSE) {
        refused(answer);
        return true;
      }
      isRefused = false;
      noteAnswered(System.nanoTime());
      run = answer.text("sink").orElse(run);
      received = ReceivedFrames.in(answer);
      noteExpected();
      ordered = answer.isTrue("ordered");
      workers = new LinkedHashSet<>(answer.texts("workers"));
      finished = answer.isTrue("finished");
      goodbye = answer.isTrue("goodbye");
      resume = resumeIn(answer);
      ringDomain = answer.text(RingDirectory.DOMAIN).orElse("");
      room = answer.count("room").orElse(0L);
      together = answer.count(References.KEY).orElse(1L);
      answered.run();
    } catch (MalformedMessageException e) {
      malformed.add(e);
    }
    return true;
  }

  private void refused(ControlMessage answer) {
    if (!isRefused) {
      isRefused = true;
      LOG.warn("the sink does not listen to us: {}", answer.text("error").orElse("no reason"));
    }
  }

  private void noteAnswered(long now) {
    if (now - answeredNs > SILENT_AFTER_NS) {
      answersSinceNs = now;
    }
    answeredNs = now;
  }

  /** Whether the sink listens to another ventilator. */
  boolean isRefused() {
    return isRefused;
  }

  /** The sink has been told of what the question named, if it answers about it. */
  private void noteExpected() {
    expected.clear();
    for (DealtStream stream : asked) {
      if (received.stream().anyMatch(answer -> answer.stream().equals(stream.stream()))) {
        expected.put(stream.stream(), stream.to());
      }
    }
  }

  /** Whether the sink has been told that this frame may come. */
  boolean expects(String stream, long frame) {
    return frame < expected.getOrDefault(stream, 0L);
  }

  private static StartFrom resumeIn(ControlMessage answer) {
    for (ControlMessage one : answer.objects("resume")) {
      Optional<String> stream = one.text("stream");
      Optional<Long> frame = one.count("frame");
      if (stream.isPresent() && frame.isPresent()) {
        return new StartFrom(frame.get(), stream.get());
      }
    }
    return StartFrom.NOW;
  }

  /** With what a sink that has met an earlier ventilator wants to go on. */
  StartFrom resume() {
    return resume;
  }

  /** Answers that were dropped because they broke the format. */
  long malformed() {
    return malformed.count();
  }

  /** Whether the sink has answered yet. */
  boolean isKnown() {
    return !run.isEmpty();
  }

  /** Names one run of one sink. */
  String run() {
    return run;
  }

  /** What the sink has of the streams that the last question named. */
  List<ReceivedFrames> received() {
    return received;
  }

  /** Whether answers come. */
  boolean isAnswering() {
    return isKnown() && System.nanoTime() - answeredNs < SILENT_AFTER_NS;
  }

  /** When answers began to come without a break, monotonic nanoseconds. */
  long answersSinceNs() {
    return answersSinceNs;
  }

  /** Whether the sink must keep the order of frames. */
  boolean keepsOrder() {
    return ordered;
  }

  /** The workers that are ready. */
  Set<String> workers() {
    return workers;
  }

  /** Names where all workers that are ready can read rings; empty when they cannot all. */
  String ringDomain() {
    return ringDomain;
  }

  /** How many frames the workers that are ready can hold between them. */
  long room() {
    return room;
  }

  /** How many references in one message the workers that are ready all take. */
  long together() {
    return together;
  }

  /** Whether the sink has all it was asked for. */
  boolean isFinished() {
    return finished;
  }

  /** Whether the sink knows that we go. */
  boolean saidGoodbye() {
    return goodbye;
  }

  @Override
  public void close() {
    sockets.close(socket, Duration.ofMillis(200));
  }
}
