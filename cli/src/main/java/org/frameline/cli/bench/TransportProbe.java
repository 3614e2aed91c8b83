package org.frameline.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.PixelFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a publisher send frames of several sizes, the camera's among them, as fast as the slowest
 * subscriber takes them: to subscribers on threads of this process, through the publisher's ring
 * and over TCP. One thread, which starts the others.
 */
final class TransportProbe {
  static final String RING = "ring";
  static final String TCP = "tcp";

  private static final List<Integer> SUBSCRIBERS = List.of(1, 2, 4, 8);

  /** Messages of 1 KiB, 32 KiB, 4 MiB and 32 MiB. */
  private static final List<Camera> SIZES =
      List.of(grey(32, 32), grey(256, 128), grey(2048, 2048), grey(8192, 4096));

  /** Sizes closer than this are not told apart. */
  private static final double DISTINCT = 1.5;

  private static final Duration START = Duration.ofMillis(900);
  private static final Duration JOIN = Duration.ofMillis(100);
  private static final Duration SHORTEST = Duration.ofMillis(120);
  private static final Duration FIRST_MESSAGE = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);
  private static final double WARM_UP = 0.3;

  /** What a subscriber has in its queue and at hand, in messages; the heap must hold it. */
  private static final int MESSAGES_HELD = 5;

  private static final Logger LOG = LoggerFactory.getLogger(TransportProbe.class);

  private final Camera camera;
  private final FreePorts ports;
  private final StopSignal stop;

  TransportProbe(Camera camera, FreePorts ports, StopSignal stop) {
    this.camera = camera;
    this.ports = ports;
    this.stop = stop;
  }

  private static Camera grey(int width, int height) {
    return new Camera(width, height, PixelFormat.MONO8);
  }

  /** Measures; what there is no time for is left out, and said. */
  void measure(Duration time, Findings findings) {
    long deadline = System.nanoTime() + time.toNanos();
    List<Camera> sizes = sizes();
    int figures = sizes.size() * 2 * SUBSCRIBERS.size();
    Duration each = time.minus(START.multipliedBy(sizes.size())).dividedBy(figures).minus(JOIN);
    each = each.compareTo(SHORTEST) < 0 ? SHORTEST : each;
    for (Camera size : sizes) {
      if (!stop.getAsBoolean()) {
        measure(size, new Turn(each, deadline), findings);
      }
    }
  }

  /**
   * How long a figure takes.
   *
   * @param each the figure itself
   * @param deadline by the monotonic clock; what is later is left out
   */
  private record Turn(Duration each, long deadline) {
    boolean isOver() {
      return System.nanoTime() - deadline > 0;
    }
  }

  /** The smallest first. */
  List<Camera> sizes() {
    Stream<Camera> others =
        SIZES.stream()
            .filter(
                size -> {
                  double ratio = (double) size.frameBytes() / camera.frameBytes();
                  return ratio > DISTINCT || ratio < 1 / DISTINCT;
                });
    return Stream.concat(others, Stream.of(camera))
        .sorted(Comparator.comparing(Camera::frameBytes))
        .toList();
  }

  private void measure(Camera size, Turn turn, Findings findings) {
    OptionalLong history = RingRoom.history(size);
    if (turn.isOver()) {
      leaveOut(findings, "messages of " + size.frameBytes() + " bytes", "no time");
      return;
    }
    if (history.isEmpty()) {
      leaveOut(findings, "messages of " + size.frameBytes() + " bytes", "no room for a ring");
      return;
    }
    LOG.info("transport: messages of {} bytes", size.frameBytes());
    Programs programs = new Programs(ports);
    try (Crew crew = new Crew(stop)) {
      crew.start(programs.publisher(size, history.getAsLong()));
      Hall hall = new Hall(crew, programs.frames(), size);
      measure(RING, programs.control(), hall, turn, findings);
      // Nobody answers there, so nobody says where the ring is.
      measure(TCP, ports.next(), hall, turn, findings);
    }
  }

  /** Where somebody speaks. */
  private record Hall(Crew crew, Endpoint frames, Camera size) {}

  private void measure(String path, Endpoint control, Hall hall, Turn turn, Findings findings) {
    long bytes = hall.size().frameBytes();
    try (Audience audience = new Audience()) {
      for (int subscribers : SUBSCRIBERS) {
        boolean fits = MESSAGES_HELD * bytes * subscribers < Runtime.getRuntime().maxMemory() / 2;
        if (turn.isOver() || !fits) {
          leaveOut(
              findings,
              subscribers + " subscribers of messages of " + bytes + " bytes by " + path,
              fits ? "no time" : "too large for this memory");
          return;
        }
        while (audience.size() < subscribers) {
          audience.join(new Subscriber(hall.frames(), control, bytes));
        }
        rate(audience, hall.crew(), turn.each())
            .map(
                rate ->
                    new Measurement(
                        Section.TRANSPORT, at(path, hall.size(), subscribers), bytes, rate))
            .ifPresent(findings::add);
      }
    }
  }

  private static void leaveOut(Findings findings, String what, String why) {
    findings.note("transport: " + what + ": left out, " + why);
  }

  /** How a figure of this section is found. */
  static Map<String, Object> at(String path, Camera size, int subscribers) {
    return Map.of("path", path, "message_bytes", size.frameBytes(), "subscribers", subscribers);
  }

  private Optional<Spread> rate(Audience audience, Crew crew, Duration time) {
    long deadline = System.nanoTime() + FIRST_MESSAGE.toNanos();
    while (!audience.allHear() && !stop.await(LOOK_EVERY)) {
      crew.supervisor().requireRunning();
      if (System.nanoTime() > deadline) {
        throw ProgramException.failed(
            "no frame came from the publisher within " + FIRST_MESSAGE.toSeconds() + " s", null);
      }
    }
    stop.await(Duration.ofNanos((long) (WARM_UP * time.toNanos())));
    return RateSampler.sample(audience::readings, time, stop);
  }

  /** All who listen. */
  private static final class Audience implements AutoCloseable {
    private final List<Subscriber> subscribers = new ArrayList<>();

    int size() {
      return subscribers.size();
    }

    void join(Subscriber subscriber) {
      subscribers.add(subscriber);
      subscriber.start();
    }

    boolean allHear() {
      return readings().stream().allMatch(reading -> reading.count() > 0);
    }

    List<RateSampler.Reading> readings() {
      return subscribers.stream().map(Subscriber::reading).toList();
    }

    @Override
    public void close() {
      subscribers.forEach(Subscriber::leave);
      subscribers.forEach(Subscriber::close);
    }
  }
}
