package org.frameline.publisher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.frameline.program.ProgramException;
import org.frameline.program.Report;
import org.frameline.program.StopSignal;
import org.frameline.program.discovery.AnnouncedStream;
import org.frameline.program.discovery.Announcement;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.ring.FrameRing;
import org.frameline.protocol.ring.RingDirectory;
import org.frameline.protocol.socket.Sockets;
import org.frameline.publisher.source.SourceDescription;
import org.frameline.publisher.source.SourceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a publisher: one camera, one stream. Used by one thread. */
final class Publisher {
  /** Who falls behind further than this fetches from the history. */
  private static final long QUEUE_BYTES = 64L << 20;

  private static final int FEWEST_SLOTS = 2;
  private static final int FEWEST_QUEUED = 2;
  private static final int LETTERS_OF_STREAM = 8;
  private static final int MOST_QUEUED = 1_000;
  private static final Duration LINGER = Duration.ofSeconds(30);
  private static final Duration LINGER_WHEN_STOPPED = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  private final PublisherConfig config;
  private final StopSignal stop;
  private final String stream = UUID.randomUUID().toString();
  private final AtomicBoolean finished = new AtomicBoolean();
  // Both from the time that the camera is there.
  private PublisherState state;
  private CaptureLoop loop;

  Publisher(PublisherConfig config, StopSignal stop) {
    this.config = config;
    this.stop = stop;
  }

  /** Publishes until the source ends, enough frames were sent, or the stop signal. */
  void run() {
    try (Sockets sockets = new Sockets();
        SteadyCamera camera = new SteadyCamera(config.source(), config.reconnect(), stop);
        History history = history(camera.description())) {
      state = new PublisherState(stream, history);
      state.describe(describe(camera.description()));
      int queued = queuedMessages(camera.description());
      try (FrameOutlet outlet =
          new FrameOutlet(
              sockets, config.addresses().frames(), queued, config.topic(), state, stop)) {
        ControlLoop answering = new ControlLoop(sockets, config, state, stop, finished::get);
        Thread control = new Thread(answering, "control");
        control.start();
        Optional<Announcement> announced = announce(camera.description(), outlet, answering);
        try {
          capture(camera, outlet);
        } finally {
          announced.ifPresent(Announcement::close);
          outlet.close(stop.getAsBoolean() ? LINGER_WHEN_STOPPED : LINGER);
          finished.set(true);
          join(control);
        }
      }
    } catch (IOException e) {
      throw ProgramException.failed("cannot remove the frame ring: " + e.getMessage(), e);
    } catch (SourceException e) {
      if (loop == null && stop.getAsBoolean()) {
        LOG.info("stopped before {} was there", config.source().spec().label());
        return;
      }
      throw ProgramException.failed(e.getMessage(), e);
    }
  }

  private History history(SourceDescription it) {
    int frameBytes = it.frameBytes();
    int slots = FrameRing.slotsIn(config.historyBytes(), frameBytes);
    if (slots < FEWEST_SLOTS) {
      throw ProgramException.usage(
          String.format(
              "--history: expected room for %d frames of %,d bytes or more, found %,d bytes",
              FEWEST_SLOTS, frameBytes, config.historyBytes()));
    }
    try {
      Path directory = RingDirectory.find().path();
      try {
        return new History(FrameRing.create(directory, stream, frameBytes, slots), config.topic());
      } catch (IOException e) {
        throw ProgramException.failed(
            String.format(
                "cannot make the frame ring of %,d bytes in %s: %s; choose a smaller --history",
                config.historyBytes(), directory, e.getMessage()),
            e);
      }
    } catch (IOException e) {
      throw ProgramException.failed("no place for the frame ring: " + e.getMessage(), e);
    }
  }

  private void capture(SteadyCamera camera, FrameOutlet outlet) throws SourceException {
    LOG.info(
        "publishing {} on {}, control on {}, history on {}, stream {}",
        camera.description().text(),
        config.addresses().frames(),
        config.addresses().control(),
        state.historyAt(),
        stream);
    loop = new CaptureLoop(config, camera, outlet, state, stop);
    loop.run();
    LOG.info("published {} frames", state.published());
    Optional<String> damage = camera.damage();
    if (damage.isPresent()) {
      throw ProgramException.failed(
          damage.get() + "; published is what could be decoded, " + state.published() + " frames",
          null);
    }
  }

  /** The account of the run so far, after a failure too. */
  Report report() {
    Outages outages = state == null ? Outages.NONE : state.outages();
    Report report =
        new Report("publish")
            .put("stream", stream)
            .put("frames", state == null ? 0 : state.published())
            .put("missing", 0)
            .put("reconnects", outages.count())
            .put("outage_ms", outages.totalMs());
    if (loop == null) {
      return report;
    }
    report
        .put("full_queues", state.fullQueues())
        .put("malformed", state.malformedMessages())
        .put("streams", List.of(state.counts().toReport()));
    loop.rate().addTo(report);
    return report.put("latency_ms", loop.latency().toReport());
  }

  private static int queuedMessages(SourceDescription it) {
    return (int) Math.max(FEWEST_QUEUED, Math.min(MOST_QUEUED, QUEUE_BYTES / it.frameBytes()));
  }

  private Optional<Announcement> announce(
      SourceDescription camera, FrameOutlet outlet, ControlLoop answering) {
    if (!config.addresses().discoverable()) {
      return Optional.empty();
    }
    Endpoint frames = outlet.boundTo();
    return Optional.of(
        new Announcement(
            new AnnouncedStream(
                config.topic() + " " + stream.substring(0, LETTERS_OF_STREAM),
                frames,
                new Endpoint(frames.host(), answering.boundTo().port()),
                config.topic(),
                camera.width()
                    + "x"
                    + camera.height()
                    + " "
                    + camera.format()
                    + ", "
                    + camera.text()),
            Optional.ofNullable(config.addresses().advertise())));
  }

  private Map<String, Object> describe(SourceDescription description) {
    Map<String, Object> facts = new LinkedHashMap<>(description.extraHeaderKeys());
    facts.put("program", "publish");
    facts.put("stream", stream);
    facts.put("topic", config.topic());
    facts.put("source", config.source().spec().label());
    facts.put("description", description.text());
    facts.put("shape", description.shape().lengths());
    facts.put("type", description.format().elementType().wireName());
    facts.putIfAbsent("pixel_format", description.format().pfncName());
    facts.put("live", description.live());
    if (!Double.isNaN(description.nominalFps())) {
      facts.put("frames_per_second", description.nominalFps());
    }
    return facts;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
