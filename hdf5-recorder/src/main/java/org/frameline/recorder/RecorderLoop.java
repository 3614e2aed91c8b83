package org.frameline.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.frameline.program.Arrivals;
import org.frameline.program.ExitCode;
import org.frameline.program.Latency;
import org.frameline.program.ProcessControl;
import org.frameline.program.ProgramException;
import org.frameline.program.Progress;
import org.frameline.program.Rate;
import org.frameline.program.Report;
import org.frameline.program.StopSignal;
import org.frameline.program.Timeline;
import org.frameline.program.Waiting;
import org.frameline.protocol.EpochClock;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FramePixels;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.Outage;
import org.frameline.protocol.SequenceLedger;
import org.frameline.protocol.StartFrom;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.socket.IncomingFrame;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.frameline.protocol.socket.StreamSubscriber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives frames and writes them. The queue between network and disk is the subscriber's socket:
 * while a write lasts, frames wait there. One thread, which owns the sockets and the files.
 */
final class RecorderLoop implements StreamSubscriber.Listener, AutoCloseable {
  private static final int QUEUED_FRAMES = 64;
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration SILENT_AFTER = Duration.ofSeconds(1);
  private static final double BYTES_PER_GB = 1e9;
  private static final String NOT_WRITTEN = "not written";
  private static final Logger LOG = LoggerFactory.getLogger(RecorderLoop.class);

  private final RecorderConfig config;
  private final PollLoop loop;
  private final Arrivals arrivals = new Arrivals();
  private final SequenceLedger ledger = arrivals.ledger();
  private final StreamSubscriber subscriber;
  private final ProcessControl control;
  private final RecordingFiles files;
  private final Rate rate = new Rate();
  private final Latency latency = new Latency();
  private final Timeline timeline = new Timeline();
  private final Waiting waiting = new Waiting();
  private final OutageLog outages = new OutageLog();
  private final Progress progress;
  private long firstFrameNs;
  private long lastFrameNs;

  /** Null while it records. */
  private Duration silenceAtEnd;

  RecorderLoop(RecorderConfig config, Sockets sockets, StopSignal stop) {
    this.config = config;
    files = new RecordingFiles(config);
    StartFrom from = from();
    loop = new PollLoop(sockets, stop);
    control =
        new ProcessControl(
            sockets,
            config.controlBind(),
            "--control-bind",
            "record",
            () -> summary().fields(),
            stop);
    control.serveOn(loop, config.topic());
    subscriber =
        new StreamSubscriber(
            sockets,
            loop,
            new StreamSubscriber.Config(
                config.connect(),
                config.control(),
                config.topic(),
                "recorder-" + UUID.randomUUID(),
                QUEUED_FRAMES,
                from),
            ledger,
            this);
    progress =
        new Progress(
            "recording", config.frames() == Long.MAX_VALUE ? -1 : config.frames(), this::details);
  }

  private StartFrom from() {
    try {
      return files.from();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Records until the stream ends, enough was recorded, or the stop signal. */
  void run() {
    LOG.info("recording {} from {}", config.out(), config.connect());
    loop.every(TICK, this::tick);
    try {
      loop.run();
    } finally {
      closeFiles();
    }
    progress.close();
    silenceAtEnd = silence();
    LOG.info(
        "recorded {} frames, {} missing, {}",
        files.frames(),
        missing(),
        files.files().isEmpty() ? "no file" : files.files());
    if (!silenceAtEnd.isZero()) {
      LOG.warn(
          "stopped while nothing had come from {} for {} s: what it sent meanwhile is not here",
          config.connect(),
          silenceAtEnd.toSeconds());
    }
  }

  /** How long nothing has come from a publisher from which there may be more. */
  private Duration silence() {
    if (silenceAtEnd != null) {
      return silenceAtEnd;
    }
    return hasAll() ? Duration.ZERO : subscriber.silence();
  }

  /** Whether as much was recorded as was asked for. */
  private boolean hasAll() {
    return rate.frames() >= config.frames();
  }

  private void tick() {
    long now = System.nanoTime();
    if (rate.frames() == 0) {
      waiting.waitFor(
          (subscriber.isReady() ? "frames from " : "the publisher at ") + config.connect());
    } else if (now - lastFrameNs > SILENT_AFTER.toNanos()) {
      waiting.waitFor("the next frame from " + config.connect());
    }
    if (config.duration() != null
        && rate.frames() > 0
        && now - firstFrameNs >= config.duration().toNanos()) {
      loop.finish();
    }
  }

  @Override
  public boolean wantsMore() {
    return true;
  }

  @Override
  public boolean frame(IncomingFrame frame) {
    FrameHeader header = frame.header();
    SequenceLedger.Arrival arrival = arrivals.expect(header.stream(), header.frame());
    if (!arrival.isRepeated() && !write(header, frame, arrival.gap())) {
      LOG.debug("frame {} was overwritten while it was written", header.frame());
      return false;
    }
    arrivals.take(header.stream(), header.frame());
    if (!arrival.isRepeated()) {
      count(header, frame.bytes());
    }
    return true;
  }

  /** What may be overwritten while it is written counts as arrived only afterwards. */
  private boolean write(FrameHeader header, FramePixels pixels, Optional<FrameSet.Run> gap) {
    try {
      return files.append(header, pixels, gap, outages.newsIn(header));
    } catch (IOException e) {
      arrivals.take(header.stream(), header.frame());
      arrivals.of(header.stream()).dropped(NOT_WRITTEN);
      throw failure(e);
    }
  }

  private void count(FrameHeader header, int bytes) {
    arrivals.of(header.stream()).processed();
    outages.take(header).ifPresent(RecorderLoop::tell);
    waiting.done();
    rate.count(bytes);
    lastFrameNs = System.nanoTime();
    if (rate.frames() == 1) {
      firstFrameNs = lastFrameNs;
    }
    long latencyNs = Math.max(0, EpochClock.nowNs() - header.timestampNs());
    latency.record(latencyNs);
    timeline.count(lastFrameNs, latencyNs);
    progress.update(rate.frames());
    if (hasAll()) {
      loop.finish();
    }
  }

  private static void tell(Outage outage) {
    LOG.warn("the camera was gone for {} ms before frame {}", outage.durationMs(), outage.frame());
  }

  @Override
  public void seriesEnd(StreamMessage.SeriesEnd end) {
    Optional<FrameSet.Run> gap = arrivals.end(end);
    try {
      files.missingAtEnd(end.stream(), gap);
    } catch (IOException e) {
      throw failure(e);
    }
    LOG.info("stream {} ended after {} frames", end.stream(), end.frames());
    loop.finish();
  }

  @Override
  public void malformed() {
    arrivals.malformed();
  }

  private ProgramException failure(IOException cause) {
    return ProgramException.failed(cause.getMessage(), cause);
  }

  private void closeFiles() {
    try {
      files.close();
    } catch (IOException e) {
      // After a failed write this one knows how much is kept.
      throw failure(e);
    } finally {
      arrivals.of(ledger.stream()).processedInVain(NOT_WRITTEN, rate.frames() - files.frames());
    }
  }

  private long missing() {
    return ledger.missing();
  }

  int exitCode() {
    return missing() > 0 || !silence().isZero() ? ExitCode.FRAMES_MISSING : ExitCode.DONE;
  }

  Report report() {
    return summary()
        .put("latency_second_half_ms", timeline.secondHalf().toReport())
        .put("timeline", timeline.toReport());
  }

  /** All but what stands in the timeline, which takes long to put together. */
  private Report summary() {
    Report report =
        new Report("record")
            .put("stream", ledger.stream())
            .put("frames", files.frames())
            .put("received", ledger.received())
            .put("missing", missing())
            .put("silent_ms", silence().toMillis())
            .put("fetched", subscriber.fetched())
            .put("from_ring", subscriber.fromRing())
            .put("duplicate", ledger.repeated())
            .put("malformed", subscriber.malformed())
            .put("outages", outages.count())
            .put("refused_requests", control.refused())
            .put("streams", arrivals.toReport())
            .put("files", files.files().stream().map(Path::toString).toList())
            .put("bytes", files.bytes())
            .put("write_ms", writing());
    rate.addTo(report);
    return report.put("latency_ms", latency.toReport());
  }

  private Map<String, Object> writing() {
    Map<String, Object> kinds = new LinkedHashMap<>();
    files.timings().forEach((kind, timing) -> kinds.put(kind, timing.toReport()));
    return kinds;
  }

  private String details() {
    return String.format(
        "%.1f frames/s, %.0f MB/s, %d missing, %s",
        rate.framesPerSecond(), rate.bytesPerSecond() / 1e6, missing(), freeSpace());
  }

  private String freeSpace() {
    Path directory = config.out().toAbsolutePath().getParent();
    return String.format("%.1f GB free", directory.toFile().getUsableSpace() / BYTES_PER_GB);
  }

  @Override
  public void close() {
    progress.close();
    subscriber.close();
    control.close();
    loop.close();
  }
}
