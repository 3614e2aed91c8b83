package org.frameline.publisher;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.frameline.program.StopSignal;
import org.frameline.program.Waiting;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.GatheredReferences;
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
  private final MessagePool pool;
  private final Wishes wishes;
  private final GatheredReferences gathered = new GatheredReferences();
  private long referredNs;
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
    this.wishes = new Wishes(topic);
    this.state = state;
    this.stop = stop;
    socket.dropForFullQueues(false);
    socket.waitForRoom(Duration.ZERO);
  }

  /** Where it is bound, with the port that the system chose for {@code *}. */
  Endpoint boundTo() {
    return socket.boundTo();
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

  /**
   * Sends where in the ring a frame is: by itself to who takes references one by one, and to others
   * together with those before it. These wait for the next while that comes at once, and are not
   * gone from the ring before, for 5 ms at most.
   *
   * @param inARow how many may wait for each other: 1 when the next frame does not come at once
   * @param patience how long to wait for slow subscribers
   * @return false when it was not sent: stopped, or out of patience
   */
  boolean sendReference(FrameHeader header, int inARow, Duration patience) {
    boolean sent = true;
    if (wishes.references().isThere()) {
      String its = wishes.references().topic();
      sent = send(new StreamMessage.Reference(its, header), patience);
    }
    if (sent && wishes.together().isThere()) {
      long now = System.nanoTime();
      gathered.add(new StreamMessage.Reference(wishes.together().topic(), header), now);
      boolean isDue = gathered.isDue(inARow, now + (now - referredNs));
      referredNs = now;
      sent = !isDue || sendGathered(patience);
    }
    return sent;
  }

  private boolean sendGathered(Duration patience) {
    List<StreamMessage.Reference> references = gathered.take();
    return references.isEmpty() || send(StreamMessage.References.of(references), patience);
  }

  private boolean send(BooleanSupplier sending, Duration patience) {
    waiting.done();
    while (!sending.getAsBoolean()) {
      if (drops) {
        return dropForFullQueues(sending);
      }
      waiting.waitFor("a subscriber with a full queue, one of " + state.subscribers().ready());
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
   * @param end of the stream, sent under each topic that somebody wants
   * @param patience how long to wait while no subscriber gets on
   */
  void sendLast(StreamMessage.SeriesEnd end, Duration patience) {
    socket.waitForRoom(Duration.ZERO);
    sendGathered(Duration.ZERO);
    List<StreamMessage.SeriesEnd> ends = ends(end);
    Waiting leaving = new Waiting();
    boolean sent = sendAll(ends);
    while ((!sent || !state.subscribers().isEmpty() || state.isHistoryInUse())
        && !stop.getAsBoolean()
        && leaving.lasted().compareTo(patience) < 0) {
      takeSubscriptions(AGAIN_MS);
      leaving.waitFor(
          "subscribers to take the end of the stream: " + state.subscribers().progress());
      sent |= sendAll(ends);
    }
  }

  private List<StreamMessage.SeriesEnd> ends(StreamMessage.SeriesEnd end) {
    return Stream.of(wishes.pixels(), wishes.references(), wishes.together())
        .filter(wish -> wish == wishes.pixels() || wish.isThere())
        .map(wish -> new StreamMessage.SeriesEnd(wish.topic(), end.stream(), end.frames()))
        .toList();
  }

  private boolean sendAll(List<StreamMessage.SeriesEnd> ends) {
    return ends.stream().allMatch(end -> socket.send(end));
  }

  /** Whether anybody wants frames with their pixels. */
  boolean wantsPixels() {
    return wishes.pixels().isThere();
  }

  /** Takes the subscriptions that arrived, waiting for them up to this long. */
  void takeSubscriptions(long waitMs) {
    sockets.requireAlive();
    if (waitMs > 0) {
      sendGathered(Duration.ZERO);
    }
    List<byte[]> parts = socket.receive(Duration.ofMillis(waitMs));
    while (parts != null) {
      takeSubscription(parts.get(0));
      parts = socket.receive();
    }
  }

  private void takeSubscription(byte[] message) {
    if (message.length == 0 || message[0] < 0 || message[0] > SUBSCRIBE) {
      state.malformed();
      return;
    }
    String topic = new String(message, 1, message.length - 1, StandardCharsets.UTF_8);
    wishes.note(topic, message[0] == SUBSCRIBE);
    if (!topic.startsWith(StreamSubscriber.NAME_TOPIC)) {
      return;
    }
    String name = topic.substring(StreamSubscriber.NAME_TOPIC.length());
    if (message[0] == SUBSCRIBE) {
      int bytes = message.length - 1 - StreamSubscriber.NAME_TOPIC.length();
      if (!state.subscribers().subscribed(name, bytes)) {
        state.malformed();
      }
    } else {
      state.subscribers().unsubscribed(name);
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
