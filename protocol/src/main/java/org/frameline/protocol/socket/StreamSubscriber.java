package org.frameline.protocol.socket;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.SequenceLedger;
import org.frameline.protocol.StartFrom;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.Token;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscribes to a publisher: frames over SUB, and over its control socket the word that this
 * subscriber is ready and wants to miss nothing. The publisher believes it only after the
 * subscription itself has arrived; that is what the second topic, {@code subscriber/NAME}, is for.
 * Pixels come out of the publisher's frame ring when that can be opened, else with the frames. What
 * it missed it fetches from the publisher's history, so its listener gets a stream in order.
 * Without a control socket at the other end frames come all the same, and a gap stays a gap.
 *
 * <p>Not thread-safe: made, used and closed on the thread of its loop.
 */
public final class StreamSubscriber implements AutoCloseable {
  /** Topic that tells the publisher which subscription belongs to whom. */
  public static final String NAME_TOPIC = "subscriber/";

  private static final Duration ASK_EVERY = Duration.ofMillis(50);
  private static final long REPEAT_NS = Duration.ofSeconds(1).toNanos();

  /** A publisher that is there answers each second. */
  private static final Duration SILENT_AFTER = Duration.ofSeconds(5);

  /** How long the word that it leaves may take. */
  private static final Duration FAREWELL = Duration.ofMillis(200);

  private static final long ANSWER_WITHIN_NS = Duration.ofMillis(500).toNanos();
  private static final Logger LOG = LoggerFactory.getLogger(StreamSubscriber.class);

  /**
   * Where to listen.
   *
   * @param connect the publisher's PUB endpoint
   * @param control its control endpoint
   * @param topic exact topic of the frames
   * @param name names this run of this subscriber
   * @param queuedMessages how many messages may wait in the receiving queue
   * @param from with which frame to begin
   */
  public record Config(
      Endpoint connect,
      Endpoint control,
      String topic,
      String name,
      int queuedMessages,
      StartFrom from) {}

  /** Takes what arrives, on the thread of the loop, each stream in the order of its frames. */
  public interface Listener {
    /**
     * Takes a frame.
     *
     * @return false when it was overwritten in its ring before it could be taken; then it counts as
     *     one that never came
     */
    boolean frame(IncomingFrame frame);

    void seriesEnd(StreamMessage.SeriesEnd end);

    /** A message came that broke the wire format. */
    default void malformed() {}

    /** Whether the next message can be taken now; until then it stays in the socket's queue. */
    boolean wantsMore();
  }

  private final Sockets sockets;
  private final Config config;
  private final Listener listener;
  private final CatchUp catchUp;
  private final MessageSocket frames;
  private final MessageSocket control;
  private final RingLink ring;

  /** Of one message, until it is their turn. */
  private final Deque<StreamMessage.Reference> waiting = new ArrayDeque<>();

  private final Refusals messages;
  private final Refusals answers;
  private boolean ready;
  private boolean wasReady;
  private boolean asked;
  private boolean left;
  private Endpoint unreachable;
  private long lastAskedNs;
  private long fromRing;

  public StreamSubscriber(
      Sockets sockets, PollLoop loop, Config config, SequenceLedger ledger, Listener listener) {
    this.sockets = sockets;
    this.config = config;
    this.listener = listener;
    messages = new Refusals("a malformed message from " + config.connect());
    answers = new Refusals("a malformed answer from the publisher at " + config.control());
    frames = sockets.subscribe(config.connect(), config.queuedMessages());
    control = sockets.request(config.control());
    ring = new RingLink(frames, config.topic());
    frames.subscribe(nameTopic());
    catchUp =
        new CatchUp(sockets, loop, config, ledger, leavingAtTheEnd(), e -> refused(answers, e));
    loop.onMessageWhile(frames, this::wantsMessage, this::takeMessage);
    loop.whenever(this::wantsWaiting, this::takeWaiting);
    // Answers that come late are dropped with the next question.
    loop.onMessageWhile(control, () -> asked, this::takeReply);
    loop.every(ASK_EVERY, this::sayReady);
  }

  /** Tells the publisher, which waits for it, that the end of the stream has arrived. */
  private Listener leavingAtTheEnd() {
    return new Listener() {
      @Override
      public boolean frame(IncomingFrame frame) {
        boolean isTaken = listener.frame(frame);
        fromRing += isTaken && frame.isInRing() ? 1 : 0;
        return isTaken;
      }

      @Override
      public void seriesEnd(StreamMessage.SeriesEnd end) {
        left = true;
        frames.unsubscribe(nameTopic());
        listener.seriesEnd(end);
      }

      @Override
      public boolean wantsMore() {
        return !left && listener.wantsMore();
      }
    };
  }

  /** Whether the publisher counts this subscriber as ready. */
  public boolean isReady() {
    return ready;
  }

  /**
   * How long nothing at all has come from a publisher that was there before and has not said that
   * its stream is over: then nobody knows what it has sent. Zero where it was heard a moment ago,
   * or never.
   */
  public Duration silence() {
    boolean isSilent = wasReady && !left && catchUp.unheard().compareTo(SILENT_AFTER) > 0;
    return isSilent ? catchUp.unheard() : Duration.ZERO;
  }

  /** Messages that were dropped because they broke the wire format. */
  public long malformed() {
    return messages.count() + answers.count();
  }

  /** Frames whose pixels came out of the publisher's frame ring. */
  public long fromRing() {
    return fromRing;
  }

  /** Frames that were fetched from the history. */
  public long fetched() {
    return catchUp.fetched();
  }

  private boolean wantsMessage() {
    return waiting.isEmpty() && catchUp.wantsLive();
  }

  private boolean wantsWaiting() {
    return !waiting.isEmpty() && catchUp.wantsLive();
  }

  private void takeWaiting() {
    while (wantsWaiting()) {
      take(waiting.poll());
    }
  }

  private boolean takeMessage() {
    ReceivedMessage received = frames.receiveLent();
    if (received == null) {
      return false;
    }
    catchUp.heard();
    try {
      StreamMessage message = received.decode();
      if (ring.isOurs(message)) {
        takeOurs(message, received);
      }
    } catch (MalformedMessageException e) {
      refused(messages, e);
    }
    return true;
  }

  private void takeOurs(StreamMessage message, ReceivedMessage received) {
    if (message instanceof StreamMessage.Reference reference) {
      take(reference);
    } else if (message instanceof StreamMessage.References references) {
      waiting.addAll(references.each());
      takeWaiting();
    } else if (message instanceof StreamMessage.Frame frame) {
      catchUp.live(IncomingFrame.lent(frame, received), ring.wasEverOpen());
    } else if (message instanceof StreamMessage.SeriesEnd end) {
      catchUp.live(end);
    }
  }

  private void take(StreamMessage.Reference reference) {
    IncomingFrame frame = ring.find(reference);
    // One that is gone is a gap, which the next message shows.
    if (frame != null) {
      catchUp.live(frame, true);
    }
  }

  private void refused(Refusals refusals, MalformedMessageException fault) {
    refusals.add(fault);
    listener.malformed();
  }

  private String nameTopic() {
    return NAME_TOPIC + config.name();
  }

  /** Repeated every second, so that a publisher that was restarted learns of us too. */
  private void sayReady() {
    if (left) {
      return;
    }
    long now = System.nanoTime();
    boolean due = asked ? now - lastAskedNs > ANSWER_WITHIN_NS : !ready;
    if (due || now - lastAskedNs > REPEAT_NS) {
      asked = true;
      lastAskedNs = now;
      // A network may be gone for a while; who is on the same machine is there, or has ended.
      control.offer(word("ready").with("keep", true).with("stays", !ring.isOpen()));
    }
  }

  private ControlMessage word(String request) {
    return ControlMessage.request(request)
        .with("subscriber", config.name())
        .with(Token.KEY, catchUp.token());
  }

  private boolean takeReply() {
    List<byte[]> parts = control.receive();
    if (parts == null) {
      return false;
    }
    asked = false;
    catchUp.heard();
    try {
      ControlMessage reply = ControlMessage.decode(parts.get(0));
      ready = reply.isTrue("ready");
      wasReady |= ready;
      Optional<String> stream = reply.text("stream");
      Optional<Long> next = reply.count("next_frame");
      if (ready && stream.isPresent() && next.isPresent()) {
        reply.text("history").ifPresent(endpoint -> useHistory(Endpoint.parse(endpoint)));
        reply.text("ring").ifPresent(file -> ring.offered(stream.get(), file));
        boolean liveIsEmpty = waiting.isEmpty() && !frames.hasMessage();
        boolean ended = reply.text("state").filter("ended"::equals).isPresent();
        catchUp.announced(stream.get(), next.get(), ended, liveIsEmpty);
      }
    } catch (MalformedMessageException e) {
      refused(answers, e);
    } catch (IllegalArgumentException e) {
      refused(answers, new MalformedMessageException("history", "an endpoint", e.getMessage()));
    }
    return true;
  }

  private void useHistory(Endpoint endpoint) {
    Endpoint reached = endpoint.reachedAt(config.control().host());
    if (!reached.equals(unreachable)) {
      if (reached.isLoopback() && !config.control().isLoopback()) {
        unreachable = reached;
        LOG.warn(
            "the publisher's history at {} is for programs on its own machine alone; what is missed"
                + " here stays missing unless it is started with --history-bind or --advertise",
            reached);
      } else {
        catchUp.useHistory(reached);
      }
    }
  }

  @Override
  public void close() {
    if (ready) {
      control.offer(word("leave"));
    }
    catchUp.close();
    ring.close();
    sockets.close(frames, Duration.ZERO);
    sockets.close(control, FAREWELL);
  }
}
