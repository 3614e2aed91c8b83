package org.frameline.cli.bench;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.frameline.program.Arrivals;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.StartFrom;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.socket.IncomingFrame;
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

  /** Where frames out of the ring are copied to; the others come with memory of their own. */
  private final ByteBuffer pixels;

  private volatile boolean done;
  private final AtomicLong count = new AtomicLong();
  private volatile long lastNs;
  private final AtomicLong fromRing = new AtomicLong();
  private volatile RuntimeException failure;

  /**
   * Begins with the next frame.
   *
   * @param control the publisher's; where nobody answers, pixels come over TCP
   */
  Subscriber(Endpoint frames, Endpoint control, long frameBytes) {
    super("subscriber");
    pixels = ByteBuffer.allocateDirect(Math.toIntExact(frameBytes));
    int queued = (int) Math.max(2, Math.min(MOST_QUEUED, MOST_QUEUED_BYTES / frameBytes));
    config =
        new StreamSubscriber.Config(
            frames, control, TOPIC, "bench-" + UUID.randomUUID(), queued, StartFrom.NOW);
  }

  @Override
  public void run() {
    try (Sockets sockets = new Sockets();
        PollLoop loop = new PollLoop(sockets, () -> done)) {
      StreamSubscriber subscriber =
          new StreamSubscriber(sockets, loop, config, arrivals.ledger(), this);
      try {
        loop.run();
      } finally {
        subscriber.close();
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  @Override
  public boolean frame(IncomingFrame frame) {
    if (frame.isInRing()) {
      if (!frame.copyTo(pixels)) {
        return false;
      }
      fromRing.incrementAndGet();
    }
    arrivals.take(frame.header().stream(), frame.header().frame());
    lastNs = System.nanoTime();
    count.incrementAndGet();
    return true;
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

  /** Frames that came out of the publisher's ring. */
  long fromRing() {
    return fromRing.get();
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
