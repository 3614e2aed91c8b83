package org.frameline.publisher;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.frameline.program.Latency;
import org.frameline.program.ProgramException;
import org.frameline.program.Progress;
import org.frameline.program.Rate;
import org.frameline.program.StopSignal;
import org.frameline.program.Waiting;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage;
import org.frameline.publisher.source.SourceDescription;
import org.frameline.publisher.source.SourceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes frames from the camera at their time and sends them. Runs on the thread that owns the
 * camera and the PUB socket.
 */
final class CaptureLoop {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration END_PATIENCE = Duration.ofSeconds(30);
  private static final long NS_PER_MS = 1_000_000;
  private static final long NS_PER_S = 1_000_000_000;
  private static final int WAIT_STEP_MS = 50;
  private static final int ROOM_STEP_MS = 5;

  /** Frames that wait to be told of are not more than this part of the ring. */
  private static final int RING_BY_ROW = 8;

  private static final Logger LOG = LoggerFactory.getLogger(CaptureLoop.class);

  private final PublisherConfig config;
  private final SteadyCamera camera;
  private final FrameOutlet outlet;
  private final PublisherState state;
  private final StopSignal stop;
  private final Pacer pacer;
  private FrameHeader template;
  private Outages outages = Outages.NONE;
  private final Rate rate = new Rate();
  private final Latency latency = new Latency();

  CaptureLoop(
      PublisherConfig config,
      SteadyCamera camera,
      FrameOutlet outlet,
      PublisherState state,
      StopSignal stop) {
    this.config = config;
    this.camera = camera;
    this.outlet = outlet;
    this.state = state;
    this.stop = stop;
    this.pacer = new Pacer(sendingRate(config, camera.description()), System::nanoTime);
    this.template = template(camera.description(), state.stream(), config);
  }

  /** A live camera gives the beat itself. */
  private static double sendingRate(PublisherConfig config, SourceDescription description) {
    if (description.live()) {
      return Double.POSITIVE_INFINITY;
    }
    return config.pace().rate(description);
  }

  private static FrameHeader template(
      SourceDescription description, String stream, PublisherConfig config) {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put(FrameHeader.PIXEL_FORMAT, description.format().pfncName());
    extra.put(FrameHeader.SOURCE, config.source().spec().label());
    extra.putAll(description.extraHeaderKeys());
    double rate = config.pace().rate(description);
    if (Double.isFinite(rate)) {
      extra.put(FrameHeader.FRAMES_PER_SECOND, rate);
    }
    return new FrameHeader(
        description.shape().lengths(), description.format().elementType(), 0, 0, stream, extra);
  }

  /** Waits for subscribers, sends all frames and the end of the stream. */
  void run() throws SourceException {
    if (config.lossless()) {
      outlet.waitForSlowSubscribers();
    }
    waitForSubscribers();
    state.enter(PublisherState.Phase.STREAMING);
    try (Progress progress = new Progress("publishing", goal(), this::details)) {
      while (state.published() < config.frames() && waitForTurn() && publishNext()) {
        progress.update(state.published());
      }
    } finally {
      state.enter(PublisherState.Phase.ENDED);
      // A subscriber that never learns of the end would wait for ever, so this is not dropped.
      outlet.sendLast(end(), END_PATIENCE);
    }
  }

  private void waitForSubscribers() {
    Waiting waiting = new Waiting();
    while (!stop.getAsBoolean()
        && !state.isStartAsked()
        && state.subscribers().ready().size() < config.waitFor()) {
      outlet.takeSubscriptions(WAIT_STEP_MS);
      waiting.waitFor(
          config.waitFor() + " subscribers, " + state.subscribers().ready().size() + " are ready");
    }
  }

  /** Serves subscriptions until the next frame is due; false when stopped. */
  private boolean waitForTurn() {
    outlet.takeSubscriptions(0);
    long dueInNs = pacer.untilDueNs();
    // What was recorded may have come hours apart; most frames do not.
    Waiting waiting = dueInNs > NS_PER_S ? new Waiting() : null;
    String pause = waiting == null ? "" : "the next frame, due in " + dueInNs / NS_PER_S + " s";
    while (dueInNs > 0 && !stop.getAsBoolean()) {
      if (dueInNs > 2 * NS_PER_MS) {
        if (waiting != null) {
          waiting.waitFor(pause);
        }
        outlet.takeSubscriptions(Math.min(WAIT_STEP_MS, dueInNs / NS_PER_MS - 1));
      } else {
        LockSupport.parkNanos(dueInNs);
      }
      dueInNs = pacer.untilDueNs();
    }
    pacer.frameTaken();
    return !stop.getAsBoolean();
  }

  /** False at the end of the source, when stopped, or when nobody takes the frame. */
  private boolean publishNext() throws SourceException {
    if (!camera.grab(state, outlet::takeSubscriptions)) {
      return false;
    }
    noteOutages();
    state.grabbed();
    if (config.pace().isOwn() && !Double.isNaN(camera.untilNextNs())) {
      pacer.nextAfter(camera.untilNextNs() / config.pace().speed());
    }
    long grabbedNs = System.nanoTime();
    if (!waitForRoom()) {
      return false;
    }
    camera.copyTo(state.history().begin());
    FrameHeader header = state.history().commit(template, camera.timestampNs(), camera.origin());
    if (!send(header)) {
      state.unsent();
      if (stop.getAsBoolean()) {
        return false;
      }
      throw ProgramException.failed(
          "no subscriber with a full queue took a frame for " + PATIENCE.toSeconds() + " s", null);
    }
    latency.record(System.nanoTime() - grabbedNs);
    rate.count(header.payloadBytes());
    state.published(header.frame());
    return true;
  }

  private void noteOutages() {
    if (!outages.equals(state.outages())) {
      outages = state.outages();
      template = outages.mark(template);
    }
  }

  /** Sends pixels to those who want them, and to others where in the ring they are. */
  private boolean send(FrameHeader header) {
    boolean sent = true;
    if (outlet.wantsPixels()) {
      // Queues hold on to what is sent, so they get memory of their own.
      sent = outlet.send(state.history(), header.frame(), PATIENCE);
    }
    return sent && outlet.sendReference(header, inARow(), PATIENCE);
  }

  /** How many frames may be told of together: more than one only when the next comes at once. */
  private int inARow() {
    boolean comesAtOnce = !camera.description().live() && pacer.untilDueNs() <= 0;
    return comesAtOnce ? Math.max(1, state.history().capacity() / RING_BY_ROW) : 1;
  }

  private StreamMessage.SeriesEnd end() {
    return new StreamMessage.SeriesEnd(config.topic(), state.stream(), state.published());
  }

  /**
   * Waits, when the source can, until nobody who must not miss any frame needs the one that the
   * next overwrites; false when stopped.
   */
  private boolean waitForRoom() {
    if (!config.lossless()) {
      return true;
    }
    long overwritten = state.published() - state.history().capacity();
    Waiting waiting = new Waiting();
    while (!stop.getAsBoolean()) {
      Map.Entry<String, Long> slowest = state.subscribers().slowest().orElse(null);
      if (slowest == null || slowest.getValue() > overwritten) {
        return true;
      }
      waiting.waitFor(slowest.getKey() + ", which has taken " + slowest.getValue() + " frames");
      if (waiting.lasted().compareTo(PATIENCE) > 0) {
        LOG.warn(
            "going on without {}, which took nothing for {} s",
            slowest.getKey(),
            PATIENCE.toSeconds());
        state.subscribers().giveUp(slowest.getKey());
      }
      outlet.takeSubscriptions(ROOM_STEP_MS);
    }
    return false;
  }

  private long goal() {
    return config.frames() == Long.MAX_VALUE ? -1 : config.frames();
  }

  private String details() {
    return String.format(
        "%.1f frames/s, %.0f MB/s, %d subscribers",
        rate.framesPerSecond(), rate.bytesPerSecond() / 1e6, state.subscribers().ready().size());
  }

  Rate rate() {
    return rate;
  }

  /** From the end of the grab until the socket took the frame. */
  Latency latency() {
    return latency;
  }
}
