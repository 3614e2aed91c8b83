package org.frameline.publisher;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.frameline.program.StreamCounts;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.Outage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the capturing and the answering thread of a publisher share. Thread-safe. */
final class PublisherState {
  /** Where the publisher stands. */
  enum Phase {
    /** Waits for subscribers. */
    WAITING,
    /** Sends frames. */
    STREAMING,
    /** The camera has dropped out. */
    RECONNECTING,
    /** The stream is over. */
    ENDED
  }

  /** Who asks for frames asks again within this time, or has what it wants. */
  private static final long IN_USE_NS = Duration.ofSeconds(3).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(PublisherState.class);

  /** So many fit into one answer on the control socket. */
  static final int MOST_TOLD = 250;

  private final String stream;
  private final Subscribers subscribers = new Subscribers();
  private final AtomicLong grabbed = new AtomicLong();
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong unsent = new AtomicLong();
  private final AtomicLong fullQueues = new AtomicLong();
  private final AtomicLong malformed = new AtomicLong();
  private final AtomicBoolean startAsked = new AtomicBoolean();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
  private final AtomicReference<Outages> outages = new AtomicReference<>(Outages.NONE);
  private final AtomicReference<Endpoint> historyAt = new AtomicReference<>();
  private final AtomicReference<Map<String, Object>> description = new AtomicReference<>(Map.of());

  private final History history;
  private final AtomicLong historyAskedNs = new AtomicLong();

  PublisherState(String stream, History history) {
    this.stream = stream;
    this.history = history;
  }

  History history() {
    return history;
  }

  void serveHistoryAt(Endpoint endpoint) {
    historyAt.set(endpoint);
  }

  /** Where the history is bound. */
  Endpoint historyAt() {
    return historyAt.get();
  }

  String stream() {
    return stream;
  }

  Subscribers subscribers() {
    return subscribers;
  }

  /** Somebody asked for frames of the history. */
  void historyAsked() {
    historyAskedNs.set(System.nanoTime());
  }

  /** Whether somebody fetches frames: it has asked a moment ago, and will again. */
  boolean isHistoryInUse() {
    long askedNs = historyAskedNs.get();
    return askedNs != 0 && System.nanoTime() - askedNs < IN_USE_NS;
  }

  void askToStart() {
    startAsked.set(true);
  }

  boolean isStartAsked() {
    return startAsked.get();
  }

  /** The number of the next frame, which is how many were published. */
  long published() {
    return published.get();
  }

  /** A frame was sent. */
  void published(long frame) {
    published.set(frame + 1);
  }

  /** A frame came from the camera. */
  void grabbed() {
    grabbed.incrementAndGet();
  }

  /** A frame was not sent: stopped, or out of patience. */
  void unsent() {
    unsent.incrementAndGet();
  }

  /** A frame was dropped for a subscriber whose queue had just become full. */
  void queueWasFull() {
    fullQueues.incrementAndGet();
  }

  /** How often that was; how many more frames that subscriber lost then, only it can tell. */
  long fullQueues() {
    return fullQueues.get();
  }

  /** Something came to the PUB socket that is no subscription, or one with a name too many. */
  void malformed() {
    if (malformed.incrementAndGet() == 1) {
      LOG.warn("dropped a message from a subscriber that is no subscription we can remember");
    }
  }

  long malformedMessages() {
    return malformed.get();
  }

  StreamCounts counts() {
    long notSent = unsent.get();
    return new StreamCounts(
        stream,
        0,
        grabbed.get(),
        published.get(),
        0,
        notSent == 0 ? Map.of() : Map.of("not sent", notSent),
        0,
        0,
        malformed.get());
  }

  Phase phase() {
    return phase.get();
  }

  void enter(Phase next) {
    phase.set(next);
  }

  /** How often the camera was gone. */
  Outages outages() {
    return outages.get();
  }

  /** The camera was gone, and is back. */
  void outage(Outage last) {
    outages.updateAndGet(before -> before.and(last));
  }

  /** Constant facts about camera and stream, for {@code describe}. */
  Map<String, Object> description() {
    return description.get();
  }

  void describe(Map<String, Object> facts) {
    description.set(Map.copyOf(facts));
  }
}
