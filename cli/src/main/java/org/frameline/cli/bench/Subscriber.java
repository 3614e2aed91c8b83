package org.frameline.cli.bench;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.frameline.program.Arrivals;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.StartFrom;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.frameline.protocol.socket.StreamSubscriber;

/**
 * Receives frames as the programs do, and counts them. A thread of its own, which owns its sockets;
 * the counts may be read by any.
 */
final class Subscriber extends Thread implements StreamSubscriber.Listener, AutoCloseable {
  private static final int MOST_QUEUED = 64;
  private static final long MOST_QUEUED_BYTES = 64L << 20;
  private static final String TOPIC = "camera_frame";

  private final StreamSubscriber.Config config;
  private final Arrivals arrivals = new Arrivals();
  private volatile boolean done;
  private final AtomicLong count = new AtomicLong();
  private volatile long lastNs;
  private volatile long fromRing;
  private volatile RuntimeException failure;

  /**
   * Begins with the next frame.
   *
   * @param control the publisher's; where nobody answers, pixels come over TCP
   */
  Subscriber(Endpoint frames, Endpoint control, long frameBytes) {
    super("subscriber");
    int queued = (int) Math.max(2, Math.min(MOST_QUEUED, MOST_QUEUED_BYTES / frameBytes));
    config =
        new StreamSubscriber.Config(
            frames, control, TOPIC, "bench-" + UUID.randomUUID(), queued, StartFrom.NOW);
  }

  @Override
  public void run() {
    try (Sockets sockets = new Sockets();
        PollLoop loop = new PollLoop(sockets, () -> done);
        StreamSubscriber subscriber =
            new StreamSubscriber(sockets, loop, config, arrivals.ledger(), this)) {
      loop.run();
      fromRing = subscriber.fromRing();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  @Override
  public void frame(StreamMessage.Frame frame, List<byte[]> parts) {
    arrivals.take(frame.header().stream(), frame.header().frame());
    lastNs = System.nanoTime();
    count.incrementAndGet();
  }

  @Override
  public void seriesEnd(StreamMessage.SeriesEnd end) {
    done = true;
  }

  @Override
  public boolean wantsMore() {
    return true;
  }

  /** How many frames have come, and when the last one did. */
  RateSampler.Reading reading() {
    if (failure != null) {
      throw failure;
    }
    long frames = count.get();
    return new RateSampler.Reading(frames, lastNs);
  }

  /** Frames that came out of the publisher's ring; known when it is closed. */
  long fromRing() {
    return fromRing;
  }

  /** Asks the thread to end, without waiting for it. */
  void leave() {
    done = true;
  }

  /** Ends the thread. */
  @Override
  public void close() {
    leave();
    try {
      join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
