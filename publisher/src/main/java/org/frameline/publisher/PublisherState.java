package org.frameline.publisher;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.StreamMessage;

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

  private final String stream;
  private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
  private final Set<String> ready = ConcurrentHashMap.newKeySet();
  private final AtomicLong published = new AtomicLong();
  private final AtomicBoolean startAsked = new AtomicBoolean();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
  private final AtomicReference<Outage> outage = new AtomicReference<>(Outage.NONE);
  private final Map<String, Long> taken = new ConcurrentHashMap<>();
  private final AtomicReference<Endpoint> historyAt = new AtomicReference<>();
  private final AtomicReference<StreamMessage.Frame> latest = new AtomicReference<>();
  private final AtomicReference<Map<String, Object>> description = new AtomicReference<>(Map.of());

  private final History history;

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

  /** A subscription with this name arrived at the PUB socket. */
  void subscribed(String name) {
    subscribed.add(name);
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
   * @param keeps whether it must not miss any frame from now on
   */
  boolean sayReady(String name, boolean keeps) {
    if (!subscribed.contains(name)) {
      return false;
    }
    if (keeps) {
      taken.putIfAbsent(name, published());
    }
    ready.add(name);
    return true;
  }

  /** A subscriber that must not miss any frame has taken all before this one. */
  void taken(String name, long next) {
    taken.computeIfPresent(name, (who, before) -> Math.max(before, next));
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
    return new TreeSet<>(ready);
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

  void published(StreamMessage.Frame frame) {
    latest.set(frame);
    published.set(frame.header().frame() + 1);
  }

  /** The newest frame, or null before the first. */
  StreamMessage.Frame latest() {
    return latest.get();
  }

  Phase phase() {
    return phase.get();
  }

  void enter(Phase next) {
    phase.set(next);
  }

  /** The last time the camera was gone, {@link Outage#NONE} when it never was. */
  Outage outage() {
    return outage.get();
  }

  void outage(Outage last) {
    outage.set(last);
  }

  /** Constant facts about camera and stream, for {@code describe}. */
  Map<String, Object> description() {
    return description.get();
  }

  void describe(Map<String, Object> facts) {
    description.set(Map.copyOf(facts));
  }
}
