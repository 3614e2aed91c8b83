package org.frameline.publisher;

import java.util.HashSet;
import java.util.Set;
import org.frameline.protocol.StreamMessage;

/**
 * In which ways somebody wants the frames of a topic, as the subscriptions say. No more are kept
 * than the topics have letters. Not thread-safe.
 */
final class Wishes {
  private final Wish pixels;
  private final Wish references;
  private final Wish together;

  Wishes(String topic) {
    pixels = new Wish(topic, "");
    references = new Wish(topic, StreamMessage.Reference.TOPIC);
    together = new Wish(topic, StreamMessage.References.TOPIC);
  }

  /** Takes note of a subscription, or that nobody has it any more. */
  void note(String prefix, boolean subscribes) {
    pixels.note(prefix, subscribes);
    references.note(prefix, subscribes);
    together.note(prefix, subscribes);
  }

  /** Frames with their pixels. */
  Wish pixels() {
    return pixels;
  }

  /** Where in the ring they are, one by one. */
  Wish references() {
    return references;
  }

  /** Where in the ring they are, several in one message. */
  Wish together() {
    return together;
  }

  /** One way, under a topic of its own. */
  static final class Wish {
    private final String topic;
    private final String least;
    private final Set<String> prefixes = new HashSet<>();

    /** Only subscriptions that have the whole of {@code before} count. */
    private Wish(String topic, String before) {
      this.topic = before + topic;
      least = before;
    }

    String topic() {
      return topic;
    }

    boolean isThere() {
      return !prefixes.isEmpty();
    }

    private void note(String prefix, boolean subscribes) {
      if (!prefix.startsWith(least) || !topic.startsWith(prefix)) {
        return;
      }
      if (subscribes) {
        prefixes.add(prefix);
      } else {
        prefixes.remove(prefix);
      }
    }
  }
}
