package org.frameline.publisher;

import java.time.Duration;
import org.frameline.protocol.Endpoint;
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
 * @param bind PUB endpoint
 * @param controlBind control endpoint
 * @param historyBind history endpoint, null for the usual one, or any when that is taken
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
    Endpoint bind,
    Endpoint controlBind,
    Endpoint historyBind,
    long historyBytes) {

  /** Where the history is bound unless the user says otherwise. */
  static final Endpoint USUAL_HISTORY = Endpoint.parse("tcp://127.0.0.1:5557");

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
