package org.frameline.endtoend;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.SequenceLedger;
import org.frameline.protocol.StartFrom;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.socket.IncomingFrame;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.frameline.protocol.socket.StreamSubscriber;

/** Subscribes for a while and looks at every frame. Used by one thread. */
final class LateJoiner implements StreamSubscriber.Listener {
  /** So many frames after what was fetched it has seen the seam. */
  private static final int BEYOND_THE_SEAM = 40;

  private static final int MOST_FRAMES = 20_000;
  private static final long DEADLINE_NS = Duration.ofSeconds(60).toNanos();

  /**
   * What a subscriber saw.
   *
   * @param frames how many frames came
   * @param fetched how many of them from the history
   * @param faults what was wrong with them, nothing if all is well
   */
  record Joined(long frames, long fetched, List<String> faults) {}

  private final StartFrom from;
  private final int width;
  private final int height;
  private final PollLoop loop;
  private final List<String> faults = new ArrayList<>();
  private StreamSubscriber subscriber;
  private long next = -1;
  private long frames;
  private long lastFetched;
  private int sinceFetched;

  private LateJoiner(StartFrom from, int width, int height, PollLoop loop) {
    this.from = from;
    this.width = width;
    this.height = height;
    this.loop = loop;
  }

  static Joined join(Endpoints ports, StartFrom from, int width, int height) {
    long start = System.nanoTime();
    SequenceLedger ledger = new SequenceLedger();
    try (Sockets sockets = new Sockets();
        PollLoop loop = new PollLoop(sockets, () -> System.nanoTime() - start > DEADLINE_NS)) {
      LateJoiner joiner = new LateJoiner(from, width, height, loop);
      try (StreamSubscriber subscriber =
          new StreamSubscriber(
              sockets,
              loop,
              new StreamSubscriber.Config(
                  Endpoint.parse(ports.frames()),
                  Endpoint.parse(ports.control()),
                  "camera_frame",
                  "late-" + UUID.randomUUID(),
                  64,
                  from),
              ledger,
              joiner)) {
        joiner.subscriber = subscriber;
        loop.run();
        return joiner.result(ledger);
      }
    }
  }

  private Joined result(SequenceLedger ledger) {
    if (sinceFetched < BEYOND_THE_SEAM) {
      faults.add(frames + " frames from " + from + " and nothing more");
    }
    if (ledger.missing() != 0 || ledger.repeated() != 0) {
      faults.add(ledger.missing() + " missing, " + ledger.repeated() + " repeated");
    }
    if (!from.isNow() && subscriber.fetched() == 0) {
      faults.add("nothing was fetched from " + from);
    }
    return new Joined(frames, subscriber.fetched(), faults);
  }

  @Override
  public boolean frame(IncomingFrame incoming) {
    incoming.toFrame().ifPresent(this::look);
    return true;
  }

  private void look(StreamMessage.Frame frame) {
    long number = frame.header().frame();
    boolean asNumbered = from.isNow() || from.isFirst() || next >= 0;
    long expected = next >= 0 ? next : asNumbered ? number : from.frame();
    if (number != expected) {
      faults.add("expected frame " + expected + ", found " + number + ", from " + from);
    }
    next = number + 1;
    frames++;
    checkPixels(frame.payload(), number);
    sinceFetched = subscriber.fetched() == lastFetched ? sinceFetched + 1 : 0;
    lastFetched = subscriber.fetched();
    if (sinceFetched >= BEYOND_THE_SEAM || frames > MOST_FRAMES || !faults.isEmpty()) {
      loop.finish();
    }
  }

  /** Pixel (x, y), channel c of the ramp is x + y + n + 64 c, modulo 256. */
  private void checkPixels(ByteBuffer pixels, long number) {
    for (int at = 0; at < pixels.capacity(); at++) {
      int x = at / 3 % width;
      int y = at / 3 / width;
      if ((pixels.get(at) & 0xff) != ((x + y + number + 64L * (at % 3)) & 0xff)) {
        faults.add("frame " + number + " has another frame's pixels at " + x + ", " + y);
        return;
      }
    }
    if (pixels.capacity() != width * height * 3) {
      faults.add("frame " + number + " has " + pixels.capacity() + " bytes");
    }
  }

  @Override
  public void seriesEnd(StreamMessage.SeriesEnd end) {
    faults.add("the stream ended");
    loop.finish();
  }

  @Override
  public boolean wantsMore() {
    return true;
  }
}
