package org.frameline.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
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

  private static final int MOST_SUBSCRIBERS = 8;

  /** 8, 4, 2 and 1 subscribers, by both paths. */
  private static final int FIGURES_PER_SIZE = 2 * 4;

  /** Messages of 1 KiB, 32 KiB, 4 MiB and 32 MiB. */
  private static final List<Camera> SIZES =
      List.of(grey(32, 32), grey(256, 128), grey(2048, 2048), grey(8192, 4096));

  /** Sizes closer than this are not told apart. */
  private static final double DISTINCT = 1.5;

  /** Of a publisher, and of who listens to it; and the end of all. */
  private static final Duration START = Duration.ofMillis(1_300);

  private static final Duration SHORTEST = Duration.ofMillis(120);
  private static final Duration FIRST_MESSAGE = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);

  /** A figure takes so many measurements, and what is still being compiled more. */
  private static final int FEWEST = 2;

  private static final int MOST = 3;

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
    Duration perSize = time.dividedBy(sizes.size()).minus(START);
    long eachNs = perSize.toNanos() / FIGURES_PER_SIZE;
    Duration each = Duration.ofNanos(Math.max(SHORTEST.toNanos(), eachNs));
    SortedMap<Long, List<Measurement>> found = new TreeMap<>();
    // The camera's size before all others, in case that there is no time for them.
    for (Camera size : Stream.concat(Stream.of(camera), sizes.stream()).distinct().toList()) {
      if (!stop.getAsBoolean()) {
        found.put(size.frameBytes(), measure(size, new Turn(each, deadline), findings));
      }
    }
    found.values().forEach(figures -> figures.forEach(findings::add));
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

  private List<Measurement> measure(Camera size, Turn turn, Findings findings) {
    OptionalLong history = RingRoom.history(size);
    if (turn.isOver()) {
      leaveOut(findings, "messages of " + size.frameBytes() + " bytes", "no time");
      return List.of();
    }
    if (history.isEmpty()) {
      leaveOut(findings, "messages of " + size.frameBytes() + " bytes", "no room for a ring");
      return List.of();
    }
    int subscribers = subscribers(size);
    if (subscribers < MOST_SUBSCRIBERS) {
      leaveOut(
          findings,
          "more than " + subscribers + " subscribers of " + size.frameBytes() + " bytes",
          "too large for this memory");
    }
    if (subscribers == 0) {
      return List.of();
    }
    LOG.info("transport: messages of {} bytes", size.frameBytes());
    Programs programs = new Programs(ports);
    try (Crew crew = new Crew(stop)) {
      crew.start(programs.publisher(size, history.getAsLong(), subscribers));
      Hall hall = new Hall(crew, programs.frames(), size, subscribers);
      List<Measurement> found =
          new ArrayList<>(measure(RING, programs.control(), hall, turn, findings));
      // Nobody answers there, so nobody says where the ring is.
      found.addAll(measure(TCP, ports.next(), hall, turn, findings));
      return found;
    }
  }

  /** As many as their memory is enough for: a power of 2, or none. */
  private static int subscribers(Camera size) {
    int subscribers = MOST_SUBSCRIBERS;
    while (MESSAGES_HELD * size.frameBytes() * subscribers > Runtime.getRuntime().maxMemory() / 2) {
      subscribers /= 2;
    }
    return subscribers;
  }

  /** Where somebody speaks, to so many at first. */
  private record Hall(Crew crew, Endpoint frames, Camera size, int subscribers) {}

  /** With all subscribers first, so that none has to catch up with what it came too late for. */
  private List<Measurement> measure(
      String path, Endpoint control, Hall hall, Turn turn, Findings findings) {
    long bytes = hall.size().frameBytes();
    List<Measurement> found = new ArrayList<>();
    try (Audience audience = new Audience()) {
      for (int i = 0; i < hall.subscribers(); i++) {
        audience.join(new Subscriber(hall.frames(), control, bytes));
      }
      awaitFirst(audience, hall.crew());
      int subscribers = hall.subscribers();
      while (subscribers > 0 && !turn.isOver()) {
        audience.shrinkTo(subscribers);
        Map<String, Object> at = at(path, hall.size(), subscribers);
        rate(audience, turn.each())
            .map(rate -> new Measurement(Section.TRANSPORT, at, bytes, rate))
            .ifPresent(found::add);
        subscribers /= 2;
      }
      if (subscribers > 0) {
        String which = "up to " + subscribers + " subscribers of " + bytes + " bytes by " + path;
        leaveOut(findings, which, "no time");
      }
      audience.shrinkTo(0);
      if (path.equals(RING) && audience.fromRing() == 0 && !stop.getAsBoolean()) {
        findings.note("transport: the ring could not be read, pixels came over TCP all the same");
      }
    }
    Collections.reverse(found);
    return found;
  }

  private static void leaveOut(Findings findings, String what, String why) {
    findings.note("transport: " + what + ": left out, " + why);
  }

  /** How a figure of this section is found. */
  static Map<String, Object> at(String path, Camera size, int subscribers) {
    return Map.of("path", path, "message_bytes", size.frameBytes(), "subscribers", subscribers);
  }

  private void awaitFirst(Audience audience, Crew crew) {
    long deadline = System.nanoTime() + FIRST_MESSAGE.toNanos();
    while (!audience.allHear() && !stop.await(LOOK_EVERY)) {
      crew.supervisor().requireRunning();
      if (System.nanoTime() > deadline) {
        throw ProgramException.failed(
            "no frame came from the publisher within " + FIRST_MESSAGE.toSeconds() + " s", null);
      }
    }
    stop.await(SHORTEST);
  }

  private Optional<Spread> rate(Audience audience, Duration time) {
    Duration each = time.dividedBy(FEWEST);
    return new Settling(FEWEST, MOST, System.nanoTime() + time.toNanos())
        .last(() -> RateSampler.sample(audience::readings, each, stop));
  }

  /** All who listen. */
  private static final class Audience implements AutoCloseable {
    private final List<Subscriber> subscribers = new ArrayList<>();
    private long fromRing;

    /** Frames that those who have left took out of the publisher's ring. */
    long fromRing() {
      return fromRing;
    }

    void shrinkTo(int size) {
      List<Subscriber> leaving = subscribers.subList(size, subscribers.size());
      leaving.forEach(Subscriber::leave);
      leaving.forEach(Subscriber::close);
      fromRing += leaving.stream().mapToLong(Subscriber::fromRing).sum();
      leaving.clear();
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
      shrinkTo(0);
    }
  }
}
