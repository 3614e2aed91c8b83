package org.frameline.publisher;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.frameline.program.StreamCounts;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.Outage;
import org.frameline.protocol.Token;
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

  /** One connection has only so many, as all its topics are few. */
  static final int MOST_NAMES = 4_000;

  /** So many fit into one answer on the control socket. */
  static final int MOST_TOLD = 250;

  static final int LONGEST_NAME_BYTES = 100;

  private final String stream;
  private final Set<String> subscribed = ConcurrentHashMap.newKeySet();

  /** Those who are ready, and the token that each of them shows. */
  private final Map<String, String> ready = new ConcurrentHashMap<>();

  private final AtomicLong grabbed = new AtomicLong();
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong unsent = new AtomicLong();
  private final AtomicLong fullQueues = new AtomicLong();
  private final AtomicLong malformed = new AtomicLong();
  private final AtomicBoolean startAsked = new AtomicBoolean();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
  private final AtomicReference<Outages> outages = new AtomicReference<>(Outages.NONE);
  private final Map<String, Long> taken = new ConcurrentHashMap<>();
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

  /**
   * A subscription with this name arrived at the PUB socket. Only so many names are remembered, of
   * such a length.
   *
   * @param bytes how long the name is on the wire
   */
  void subscribed(String name, int bytes) {
    boolean isShort =
        bytes <= LONGEST_NAME_BYTES && name.chars().noneMatch(Character::isISOControl);
    if (isShort && subscribed.size() < MOST_NAMES) {
      subscribed.add(name);
    } else {
      malformed();
    }
  }

  /** Those who are subscribed and gave a name, ready or not. */
  Set<String> subscribed() {
    return new TreeSet<>(subscribed);
  }

  /** Who is subscribed by name and how far they are, for people. */
  String progress() {
    return subscribed().stream()
        .map(name -> taken.containsKey(name) ? name + " at frame " + taken.get(name) : name)
        .collect(Collectors.joining(", "));
  }

  /** The last subscription with this name went. */
  void unsubscribed(String name) {
    subscribed.remove(name);
    ready.remove(name);
    taken.remove(name);
  }

  /**
   * A subscriber says that it is ready; true once its subscription has arrived too.
   *
   * @param token what shows that it is the one who said so first
   * @param keeps whether it must not miss any frame from now on
   * @throws MalformedMessageException when the name is another's
   */
  boolean sayReady(String name, String token, boolean keeps) throws MalformedMessageException {
    if (!subscribed.contains(name)) {
      return false;
    }
    requireSame(token, ready.computeIfAbsent(name, key -> token));
    if (keeps) {
      taken.putIfAbsent(name, published());
    }
    return true;
  }

  /**
   * A subscriber that must not miss any frame has taken all before this one. Of a name that nobody
   * has it means nothing.
   *
   * @param token what it showed when it said that it is ready
   * @throws MalformedMessageException when the name is another's
   */
  void taken(String name, String token, long next) throws MalformedMessageException {
    requireSame(token, ready.getOrDefault(name, token));
    long most = Math.min(next, history.next());
    taken.computeIfPresent(name, (who, before) -> Math.max(before, most));
  }

  private static void requireSame(String shown, String token) throws MalformedMessageException {
    if (!shown.equals(token)) {
      throw new MalformedMessageException(
          Token.KEY, "the one with which this subscriber said that it is ready", "another");
    }
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

  /** The one that is farthest behind of those that must not miss any frame. */
  Optional<Map.Entry<String, Long>> slowest() {
    return taken.entrySet().stream().min(Map.Entry.comparingByValue());
  }

  /** A subscriber that took nothing for too long is waited for no more. */
  void giveUp(String name) {
    taken.remove(name);
  }

  Set<String> ready() {
    return new TreeSet<>(ready.keySet());
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
