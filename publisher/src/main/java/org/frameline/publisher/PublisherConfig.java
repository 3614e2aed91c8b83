package org.frameline.publisher;

import java.time.Duration;
import org.frameline.protocol.socket.StreamSubscriber;
import org.frameline.publisher.source.SourceRequest;
import org.frameline.publisher.source.SourceWish;

/**
 * What a publisher shall do. Immutable, validated.
 *
 * @param source the camera and what is asked of it
 * @param pace how fast to send
 * @param lossless wait for the slowest subscriber instead of dropping its frames
 * @param frames how many to send, {@link Long#MAX_VALUE} for all
 * @param reconnect how long to try to reach a camera again that dropped out; zero for never
 * @param topic first part of every message
 * @param waitFor start when this many subscribers have said that they are ready
 * @param addresses where it is reached
 * @param historyBytes how much the history may hold
 */
record PublisherConfig(
    SourceRequest source,
    Pace pace,
    boolean lossless,
    long frames,
    Duration reconnect,
    String topic,
    int waitFor,
    Addresses addresses,
    long historyBytes) {

  PublisherConfig {
    if (pace.speed() != 1) {
      SourceWish.SPEED.requireTakenBy(source.spec(), source.spec().label());
    }
    if (lossless) {
      SourceWish.LOSSLESS.requireTakenBy(source.spec(), "the live camera " + source.spec().label());
    }
    if (frames < 1) {
      throw new IllegalArgumentException("--frames: expected 1 or more, found " + frames);
    }
    if (waitFor < 0) {
      throw new IllegalArgumentException("--wait-for: expected 0 or more, found " + waitFor);
    }
    if (topic.isEmpty()) {
      throw new IllegalArgumentException("--topic: expected a name, found an empty text");
    }
    if (topic.startsWith(StreamSubscriber.NAME_TOPIC)) {
      throw new IllegalArgumentException(
          "--topic: expected a name that does not begin with "
              + StreamSubscriber.NAME_TOPIC
              + ", found \""
              + topic
              + "\"");
    }
  }
}
