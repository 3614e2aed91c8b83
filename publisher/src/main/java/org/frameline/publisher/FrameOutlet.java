package org.frameline.publisher;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.frameline.program.StopSignal;
import org.frameline.program.Waiting;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.socket.MessagePool;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.Sockets;
import org.frameline.protocol.socket.StreamSubscriber;

/**
 * The PUB side: sends messages and learns from the subscriptions who listens. Not thread-safe:
 * belongs to the capturing thread.
 *
 * <p>The socket always waits for full queues, with a timeout of zero where frames are dropped,
 * since so it tells when a queue is full. A queue that a message was then dropped for gets nothing
 * more until half of it was read, in JeroMQ as in libzmq, and nothing tells when that is.
 */
final class FrameOutlet implements AutoCloseable {
  private static final Duration ROOM_WITHIN = Duration.ofMillis(100);
  private static final int AGAIN_MS = 100;
  private static final byte SUBSCRIBE = 1;

  private final Sockets sockets;
  private final MessageSocket socket;
  private final PublisherState state;
  private final StopSignal stop;
  private final String topic;
  private final MessagePool pool;
  private final Set<String> pixelPrefixes = new HashSet<>();
  private final Set<String> referencePrefixes = new HashSet<>();
  private final Waiting waiting = new Waiting();
  private boolean drops = true;
  private boolean closed;

  FrameOutlet(
      Sockets sockets,
      Endpoint endpoint,
      int queuedMessages,
      String topic,
      PublisherState state,
      StopSignal stop) {
    this.sockets = sockets;
    this.socket = sockets.publish(endpoint, "--bind", queuedMessages);
    this.pool = new MessagePool(queuedMessages);
    this.topic = topic;
    this.state = state;
    this.stop = stop;
    socket.dropForFullQueues(false);
    socket.waitForRoom(Duration.ZERO);
  }

  /** From now on wait for subscribers whose queue is full instead of dropping their messages. */
  void waitForSlowSubscribers() {
    socket.waitForRoom(ROOM_WITHIN);
    drops = false;
  }

  /**
   * Sends a message to all who subscribed.
   *
   * @param patience how long to wait for slow subscribers
   * @return false when it was not sent: stopped, or out of patience
   */
  boolean send(StreamMessage message, Duration patience) {
    return send(() -> socket.send(message), patience);
  }

  /** As {@link #send(StreamMessage, Duration)}: a frame that is there, with its pixels. */
  boolean send(History history, long frame, Duration patience) {
    StreamMessage.Frame message = history.frame(frame, pool::take);
    return send(() -> socket.send(message, pool), patience);
  }

  private boolean send(BooleanSupplier sending, Duration patience) {
    waiting.done();
    while (!sending.getAsBoolean()) {
      if (drops) {
        return dropForFullQueues(sending);
      }
      waiting.waitFor("a subscriber with a full queue, one of " + state.ready());
      if (stop.getAsBoolean() || waiting.lasted().compareTo(patience) > 0) {
        return false;
      }
    }
    return true;
  }

  private boolean dropForFullQueues(BooleanSupplier sending) {
    state.queueWasFull();
    socket.dropForFullQueues(true);
    boolean sent = sending.getAsBoolean();
    socket.dropForFullQueues(false);
    return sent;
  }

  /**
   * Sends the last message so that it reaches slow subscribers too: waits for full queues, then for
   * those subscribed by name to leave, which they do when they have it. It is said again meanwhile:
   * after drops some queue may still be closed, and a connection may break. Nor may the socket
   * close before, since JeroMQ, linger or not, loses what its connection has half written then.
   *
   * @param ends the same end under each topic
   * @param patience how long to wait while no subscriber gets on
   */
  void sendLast(List<StreamMessage.SeriesEnd> ends, Duration patience) {
    socket.waitForRoom(Duration.ZERO);
    Waiting leaving = new Waiting();
    boolean sent = sendAll(ends);
    while ((!sent || !state.subscribed().isEmpty() || state.isHistoryInUse())
        && !stop.getAsBoolean()
        && leaving.lasted().compareTo(patience) < 0) {
      takeSubscriptions(AGAIN_MS);
      leaving.waitFor("subscribers to take the end of the stream: " + state.progress());
      sent |= sendAll(ends);
    }
  }

  private boolean sendAll(List<StreamMessage.SeriesEnd> ends) {
    return ends.stream().allMatch(end -> socket.send(end));
  }

  /** Whether anybody wants frames with their pixels. */
  boolean wantsPixels() {
    return !pixelPrefixes.isEmpty();
  }

  /** Whether anybody wants to know where in the ring frames are, and asked for it by name. */
  boolean wantsReferences() {
    return !referencePrefixes.isEmpty();
  }

  /** Takes the subscriptions that arrived, waiting for them up to this long. */
  void takeSubscriptions(long waitMs) {
    sockets.requireAlive();
    List<byte[]> parts = socket.receive(Duration.ofMillis(waitMs));
    while (parts != null) {
      takeSubscription(parts.get(0));
      parts = socket.receive();
    }
  }

  /** Keeps those that match our topics, which are no more than these have letters. */
  private void note(String prefix, boolean subscribes) {
    String references = StreamMessage.Reference.TOPIC + topic;
    if (topic.startsWith(prefix)) {
      note(pixelPrefixes, prefix, subscribes);
    } else if (prefix.startsWith(StreamMessage.Reference.TOPIC) && references.startsWith(prefix)) {
      note(referencePrefixes, prefix, subscribes);
    }
  }

  private static void note(Set<String> prefixes, String prefix, boolean subscribes) {
    if (subscribes) {
      prefixes.add(prefix);
    } else {
      prefixes.remove(prefix);
    }
  }

  private void takeSubscription(byte[] message) {
    if (message.length == 0 || message[0] < 0 || message[0] > SUBSCRIBE) {
      state.malformed();
      return;
    }
    String topic = new String(message, 1, message.length - 1, StandardCharsets.UTF_8);
    note(topic, message[0] == SUBSCRIBE);
    if (!topic.startsWith(StreamSubscriber.NAME_TOPIC)) {
      return;
    }
    String name = topic.substring(StreamSubscriber.NAME_TOPIC.length());
    if (message[0] == SUBSCRIBE) {
      state.subscribed(name, message.length - 1 - StreamSubscriber.NAME_TOPIC.length());
    } else {
      state.unsubscribed(name);
    }
  }

  /**
   * Ends with what is still queued sent, if that takes no longer than {@code linger}. Later calls
   * do nothing: a second close without linger would drop the queue.
   */
  void close(Duration linger) {
    if (!closed) {
      closed = true;
      sockets.close(socket, linger);
    }
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }
}
