package org.frameline.publisher;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.Token;

/**
 * Those who subscribed by name, who of them is ready, and how far those are who must not miss any
 * frame. Names and numbers are strangers': bounded, and bound to who said them first. Thread-safe.
 */
final class Subscribers {
  /** One connection has only so many, as all its topics are few. */
  static final int MOST_NAMES = 4_000;

  /** So many of those whose connection is gone are waited for, those who came last. */
  static final int MOST_AWAY = 250;

  static final int LONGEST_NAME_BYTES = 100;

  /** What one has said of itself. */
  private static final class Word {
    private final String token;
    private boolean stays;
    private long taken = -1;

    private Word(String token) {
      this.token = token;
    }

    private boolean keeps() {
      return taken >= 0;
    }
  }

  private final Set<String> subscribed = new TreeSet<>();
  private final Map<String, Word> words = new LinkedHashMap<>();

  /**
   * A subscription with this name arrived. Only so many names are remembered, of such a length.
   *
   * @param bytes how long the name is on the wire
   * @return false when it is not remembered
   */
  synchronized boolean subscribed(String name, int bytes) {
    boolean isShort =
        bytes <= LONGEST_NAME_BYTES && name.chars().noneMatch(Character::isISOControl);
    if (!isShort || subscribed.size() >= MOST_NAMES) {
      return false;
    }
    subscribed.add(name);
    return true;
  }

  /**
   * The last subscription with this name went, by its own wish or with its connection. Who has said
   * that it stays is away then, and still misses nothing.
   */
  synchronized void unsubscribed(String name) {
    subscribed.remove(name);
    Word word = words.get(name);
    if (word != null && !(word.keeps() && word.stays)) {
      words.remove(name);
    } else if (away().count() > MOST_AWAY) {
      words.remove(away().findFirst().orElseThrow());
    }
  }

  private Stream<String> away() {
    return words.keySet().stream().filter(name -> !subscribed.contains(name));
  }

  /**
   * A subscriber says that it is ready; true once its subscription has arrived too.
   *
   * @param token what shows that it is the one who said so first
   * @param keepsFrom the first frame that it must not miss, if there is any
   * @param stays whether that is so until it says that it leaves, also without a connection
   * @throws MalformedMessageException when the name is another's
   */
  synchronized boolean sayReady(String name, String token, Optional<Long> keepsFrom, boolean stays)
      throws MalformedMessageException {
    if (!subscribed.contains(name)) {
      return false;
    }
    Word word = words.computeIfAbsent(name, key -> new Word(token));
    requireSame(token, word);
    word.stays = stays;
    if (!word.keeps()) {
      keepsFrom.ifPresent(first -> word.taken = first);
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
  synchronized void taken(String name, String token, long next) throws MalformedMessageException {
    Word word = words.get(name);
    if (word == null) {
      return;
    }
    requireSame(token, word);
    if (word.keeps()) {
      word.taken = Math.max(word.taken, next);
    }
  }

  /**
   * A subscriber says that it misses nothing from now on.
   *
   * @param token what it showed when it said that it is ready
   * @throws MalformedMessageException when the name is another's
   */
  synchronized void leave(String name, String token) throws MalformedMessageException {
    Word word = words.get(name);
    if (word != null) {
      requireSame(token, word);
      words.remove(name);
    }
  }

  private static void requireSame(String shown, Word word) throws MalformedMessageException {
    if (!shown.equals(word.token)) {
      throw new MalformedMessageException(
          Token.KEY, "the one with which this subscriber said that it is ready", "another");
    }
  }

  /** The one that is farthest behind of those that must not miss any frame. */
  synchronized Optional<Map.Entry<String, Long>> slowest() {
    Map<String, Long> taken = new LinkedHashMap<>();
    words.forEach(
        (name, word) -> {
          if (word.keeps()) {
            taken.put(name, word.taken);
          }
        });
    return taken.entrySet().stream().min(Map.Entry.comparingByValue());
  }

  /** One that took nothing for too long is waited for no more. */
  synchronized void giveUp(String name) {
    Word word = words.get(name);
    if (word != null) {
      word.taken = -1;
      if (!subscribed.contains(name)) {
        words.remove(name);
      }
    }
  }

  /** Those who are there and have said that they are ready. */
  synchronized Set<String> ready() {
    Set<String> ready = new TreeSet<>(subscribed);
    ready.retainAll(words.keySet());
    return ready;
  }

  /** Whether nobody is left who gave a name, there or away. */
  synchronized boolean isEmpty() {
    return subscribed.isEmpty() && words.isEmpty();
  }

  /** All who gave a name and how far they are, for people. */
  synchronized String progress() {
    return Stream.concat(subscribed.stream(), away())
        .sorted()
        .map(this::progress)
        .collect(Collectors.joining(", "));
  }

  private String progress(String name) {
    Word word = words.get(name);
    String away = subscribed.contains(name) ? "" : ", away";
    return word != null && word.keeps() ? name + " at frame " + word.taken + away : name;
  }
}
