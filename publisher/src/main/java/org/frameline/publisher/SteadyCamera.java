package org.frameline.publisher;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.frameline.program.ProgramException;
import org.frameline.program.Waiting;
import org.frameline.protocol.Origin;
import org.frameline.protocol.Outage;
import org.frameline.publisher.source.FrameSource;
import org.frameline.publisher.source.SourceDescription;
import org.frameline.publisher.source.SourceException;
import org.frameline.publisher.source.SourceRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source of one stream. A camera that drops out is connected again, for as long as is asked
 * for; a file ends. Belongs to the capturing thread.
 */
final class SteadyCamera implements AutoCloseable {
  private static final long STEP_MS = 50;
  private static final long NS_PER_MS = 1_000_000;
  private static final double MS_PER_S = 1e3;
  private static final Logger LOG = LoggerFactory.getLogger(SteadyCamera.class);

  private final SourceRequest request;
  private final Duration reconnect;
  private final BooleanSupplier stop;
  private final SourceDescription description;
  private FrameSource source;
  private long lastFrameNs = System.nanoTime();

  /**
   * Opens the source; a camera that is not there now is an error.
   *
   * @param reconnect how long to try after each time it drops out; zero for never
   * @param stop ends all waiting
   */
  SteadyCamera(SourceRequest request, Duration reconnect, BooleanSupplier stop)
      throws SourceException {
    this.request = request;
    this.reconnect = reconnect;
    this.stop = stop;
    source = request.open(stop);
    description = source.description();
  }

  /** What it delivered first, and has to go on delivering. */
  SourceDescription description() {
    return description;
  }

  /** What is wrong with a file, in one line. */
  Optional<String> damage() {
    return source.damage();
  }

  /**
   * Takes the next frame, after an outage if need be.
   *
   * @param state told of outages
   * @param meanwhile called again and again while there is no camera, with the milliseconds that it
   *     may take
   * @return false at the end of a file, and when stopped
   * @throws SourceException when the camera is gone and is not to be waited for, or is another one
   */
  boolean grab(PublisherState state, LongConsumer meanwhile) throws SourceException {
    if (source.isEndless() && !reconnect.isZero()) {
      grabOrReconnect(state, meanwhile);
    } else if (!source.grab()) {
      return false;
    }
    lastFrameNs = System.nanoTime();
    return !stop.getAsBoolean();
  }

  private void grabOrReconnect(PublisherState state, LongConsumer meanwhile)
      throws SourceException {
    String fault = grabOnce();
    if (fault == null || stop.getAsBoolean()) {
      return;
    }
    LOG.warn("{}; connecting again for up to {}", fault, text(reconnect));
    PublisherState.Phase before = state.phase();
    state.enter(PublisherState.Phase.RECONNECTING);
    reconnect(fault, meanwhile);
    state.enter(before);
    if (!stop.getAsBoolean()) {
      long outageMs = (System.nanoTime() - lastFrameNs) / NS_PER_MS;
      state.outage(new Outage(state.published(), outageMs));
      LOG.warn(
          "{} is back after {}, goes on with frame {}; outages so far: {}",
          request.spec().label(),
          text(Duration.ofMillis(outageMs)),
          state.published(),
          state.outages().count());
    }
  }

  /** Takes a frame; what went wrong, or null. */
  private String grabOnce() {
    try {
      return source.grab() ? null : request.spec().label() + " ended the stream";
    } catch (SourceException e) {
      return e.getMessage();
    }
  }

  /** Returns with a camera whose first frame is grabbed, or when stopped. */
  private void reconnect(String firstFault, LongConsumer meanwhile) throws SourceException {
    long start = System.nanoTime();
    LocalTime since = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
    BackOff backOff = new BackOff();
    Waiting waiting = new Waiting();
    String fault = firstFault;
    source.close();
    while (!stop.getAsBoolean()) {
      long leftNs = reconnect.toNanos() - (System.nanoTime() - start);
      if (leftNs <= 0) {
        throw ProgramException.failed(
            String.format(
                "%s dropped out at %s and did not come back within %s, the --reconnect time; at"
                    + " last: %s",
                request.spec().label(), since, text(reconnect), fault),
            null);
      }
      pause(Math.min(leftNs, backOff.pause().toNanos()), meanwhile, waiting);
      fault = stop.getAsBoolean() ? fault : connect();
      if (fault == null) {
        return;
      }
    }
  }

  private void pause(long lengthNs, LongConsumer meanwhile, Waiting waiting) {
    long end = System.nanoTime() + lengthNs;
    long leftNs = lengthNs;
    while (leftNs > 0 && !stop.getAsBoolean()) {
      waiting.waitFor(request.spec().label() + " to come back");
      meanwhile.accept(Math.max(1, Math.min(STEP_MS, leftNs / NS_PER_MS)));
      leftNs = end - System.nanoTime();
    }
  }

  /** One attempt; what went wrong, or null. */
  private String connect() throws SourceException {
    try {
      source = request.open(stop);
    } catch (SourceException e) {
      return e.getMessage();
    }
    requireTheSame(source.description());
    String fault = grabOnce();
    if (fault != null) {
      source.close();
    }
    return fault;
  }

  private void requireTheSame(SourceDescription now) {
    if (now.width() != description.width()
        || now.height() != description.height()
        || now.format() != description.format()) {
      throw ProgramException.failed(
          String.format(
              "%s came back with another picture: expected %s, found %s; publish it anew, or give"
                  + " --size",
              request.spec().label(), picture(description), picture(now)),
          null);
    }
  }

  private static String picture(SourceDescription it) {
    return it.width() + "x" + it.height() + " " + it.format().pfncName();
  }

  private static String text(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MS_PER_S);
  }

  /** When the last grab had its frame, UTC epoch nanoseconds. */
  long timestampNs() {
    return source.timestampNs();
  }

  /** What a recording says of the last frame. */
  Origin origin() {
    return source.origin();
  }

  /**
   * How long after the last frame the next one was recorded, as {@link FrameSource#untilNextNs}.
   */
  double untilNextNs() {
    return source.untilNextNs();
  }

  /** Writes the last frame at the destination's position, as {@link FrameSource#copyTo}. */
  void copyTo(ByteBuffer destination) {
    source.copyTo(destination);
  }

  @Override
  public void close() {
    source.close();
  }
}
