package org.frameline.benchmarks;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.SequenceLedger;
import org.frameline.protocol.StartFrom;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.socket.IncomingFrame;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.frameline.protocol.socket.StreamSubscriber;

/**
 * Receives frames as recorder and ventilator do, into memory of its own, and does nothing with
 * them. Prints how many came, when (in seconds of the system's monotonic clock), and how many of
 * them were in the ring, every hundred. Runs until it is ended; a frame that is missing ends it
 * with 1. One thread.
 */
final class Subscribe implements StreamSubscriber.Listener {
  private static final int QUEUED_FRAMES = 64;
  private static final long LOOK_EVERY = 100;
  private static final double NS_PER_S = 1e9;

  private final SequenceLedger ledger = new SequenceLedger();
  private StreamSubscriber subscriber;
  private ByteBuffer pixels = ByteBuffer.allocateDirect(0);

  private Subscribe() {}

  /**
   * Arguments: the publisher's endpoint and its control endpoint. Where nobody answers at the
   * latter, the pixels come inline.
   */
  public static void main(String[] args) {
    Subscribe self = new Subscribe();
    StreamSubscriber.Config config =
        new StreamSubscriber.Config(
            Endpoint.parse(args[0]),
            Endpoint.parse(args[1]),
            "camera_frame",
            "benchmark-" + UUID.randomUUID(),
            QUEUED_FRAMES,
            StartFrom.NOW);
    try (Sockets sockets = new Sockets();
        PollLoop loop = new PollLoop(sockets, () -> false);
        StreamSubscriber subscriber =
            new StreamSubscriber(sockets, loop, config, self.ledger, self)) {
      self.subscriber = subscriber;
      loop.run();
    }
  }

  @Override
  public boolean frame(IncomingFrame frame) {
    if (frame.isInRing() && !frame.copyTo(roomFor(frame.header().payloadBytes()))) {
      return false;
    }
    ledger
        .observe(frame.header().stream(), frame.header().frame())
        .gap()
        .ifPresent(
            gap -> {
              throw new IllegalStateException("expected every frame, missed " + gap);
            });
    if (ledger.received() % LOOK_EVERY == 0) {
      System.out.println(
          ledger.received() + " " + System.nanoTime() / NS_PER_S + " " + subscriber.fromRing());
    }
    return true;
  }

  private ByteBuffer roomFor(long bytes) {
    if (pixels.capacity() < bytes) {
      pixels = ByteBuffer.allocateDirect((int) bytes);
    }
    return pixels;
  }

  @Override
  public void seriesEnd(StreamMessage.SeriesEnd end) {
    throw new IllegalStateException(
        "expected frames without end, found the end at " + end.frames());
  }

  @Override
  public boolean wantsMore() {
    return true;
  }
}
