package org.frameline.sink;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.frameline.program.Latency;
import org.frameline.program.ProcessControl;
import org.frameline.program.Progress;
import org.frameline.program.Rate;
import org.frameline.program.Report;
import org.frameline.program.StopSignal;
import org.frameline.program.StreamCounts;
import org.frameline.program.StreamTally;
import org.frameline.program.Timeline;
import org.frameline.program.Waiting;
import org.frameline.protocol.EpochClock;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.Peer;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Refusals;
import org.frameline.protocol.socket.Sockets;
import org.frameline.recording.ExistingFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives results, counts them, writes them in order, and tells the ventilator how far it is. Ends
 * when the ventilator says goodbye. One thread, which owns the sockets and the file.
 */
final class SinkLoop implements AutoCloseable {
  private static final int QUEUED_RESULTS = 4;
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration GOODBYE_WITHIN = Duration.ofSeconds(15);
  private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);

  private final SinkConfig config;
  private final Sockets sockets;
  private final PollLoop loop;
  private final MessageSocket results;
  private final ProcessControl control;
  private final Handshake handshake;
  private final SinkLedger ledger = new SinkLedger();
  private final WorkerTally workers = new WorkerTally();
  private final WorkerRings rings = new WorkerRings(Sockets.mostPullBytes());
  private final OrderedOutput output;
  private final Rate rate = new Rate();
  private final Latency latency = new Latency();
  private final Timeline timeline = new Timeline();
  private final Waiting waiting = new Waiting();
  private final Progress progress;
  private final Refusals malformed;
  private final Refusals strange;
  private String stream = StreamTally.UNKNOWN;

  /** Whence the message came that is being taken. */
  private Peer from;

  private long keptBefore;

  SinkLoop(SinkConfig config, Sockets sockets, StopSignal stop) {
    this.config = config;
    this.sockets = sockets;
    loop = new PollLoop(sockets, stop);
    results = sockets.bindPull(config.bind(), "--bind", QUEUED_RESULTS);
    output = new OrderedOutput(config);
    malformed = new Refusals("a malformed result on " + config.bind());
    strange = new Refusals("a strange message on " + config.bind());
    control =
        new ProcessControl(sockets, config.handshake(), "--handshake", "sink", this::status, stop);
    handshake = new Handshake(control, UUID.randomUUID().toString(), standing(), ledger, output);
    resume();
    control.serveOn(loop, config.out() == null ? "no file" : config.out().toString());
    progress =
        new Progress(
            "receiving", config.frames() == Long.MAX_VALUE ? -1 : config.frames(), this::details);
  }

  /** What an earlier run has kept in the file that is appended to. */
  private void resume() {
    if (config.out() == null || config.existing() != ExistingFile.APPEND) {
      return;
    }
    KeptFrames.in(config.out())
        .forEach(
            (stream, frames) -> {
              ledger.resume(stream, frames);
              output.resume(stream, frames.end());
            });
    if (ledger.resumed() > 0) {
      LOG.info("{} has {} frames already", config.out(), ledger.resumed());
    }
  }

  void run() {
    LOG.info("waiting for results on {}, handshake on {}", config.bind(), config.handshake());
    loop.onMessage(results, this::takeResult);
    loop.every(TICK, this::tick);
    loop.run();
    output.finish(handshake.endedStream(), handshake.published());
    output.note(ledger.strange());
    progress.close();
    LOG.info(
        "received {} frames, {} missing, {} duplicate, {} late, {} strange",
        ledger.received(),
        missing(),
        ledger.duplicates(),
        output.late(),
        ledger.strange());
  }

  private Handshake.Standing standing() {
    return new Handshake.Standing() {
      @Override
      public boolean hasAll() {
        return SinkLoop.this.hasAll();
      }

      @Override
      public boolean ordered() {
        return config.mustKeepOrder();
      }

      @Override
      public List<String> workers() {
        return workers.ready();
      }

      @Override
      public Optional<WorkerTally.RingReaders> readers() {
        return workers.ringReaders();
      }
    };
  }

  private boolean hasAll() {
    return ledger.received() >= config.frames();
  }

  private void tick() {
    output.note(ledger.strange());
    if (output.kept() > keptBefore) {
      keptBefore = output.kept();
      handshake.kept();
    }
    handshake.tick();
    workers
        .forgetSilent(System.nanoTime())
        .forEach(
            worker -> {
              LOG.warn("nothing heard from {} any more", worker);
              rings.forget(worker);
            });
    if (handshake.saidGoodbye()) {
      loop.finish();
    } else if (hasAll() || handshake.hasEnded()) {
      waiting.waitFor("the ventilator to say goodbye");
      if (waiting.lasted().compareTo(GOODBYE_WITHIN) > 0) {
        LOG.warn("the ventilator did not say goodbye");
        loop.finish();
      }
    } else if (rate.frames() == 0) {
      waiting.waitFor(
          handshake.isMet()
              ? "results, " + workers.ready().size() + " workers are ready"
              : "the ventilator to ask at " + config.handshake());
    } else if (handshake.isForsaken()) {
      waiting.waitFor("the ventilator to ask again at " + config.handshake());
    }
  }

  private boolean takeResult() {
    Peer.Said said = results.receiveSaid();
    if (said == null) {
      return false;
    }
    from = said.from();
    try {
      StreamMessage message = MessageCodec.decode(said.parts());
      if (message instanceof StreamMessage.WorkerNotice notice) {
        take(notice);
      } else if (message instanceof StreamMessage.Reference reference) {
        take(reference);
      } else if (message instanceof StreamMessage.References references) {
        references.each().forEach(this::take);
      } else if (message instanceof StreamMessage.Frame frame) {
        take(Result.inline(frame));
      }
    } catch (MalformedMessageException e) {
      malformed.add(e);
      ledger.malformed(stream);
    }
    return true;
  }

  private void take(StreamMessage.WorkerNotice notice) {
    if (workers.notice(notice, from, System.nanoTime())) {
      rings.notice(notice);
    } else {
      strange.add(
          new MalformedMessageException(
              "worker", "a name that is free, or the token that goes with it", notice.worker()));
    }
  }

  /** Only a file needs the numbers, and takes them out of the ring when it is their turn. */
  private void take(StreamMessage.Reference reference) {
    FrameHeader header = reference.header();
    if (ledger.judge(header.stream(), header.frame()).isUnasked()) {
      // What only looks like a worker's touches no ring.
      count(header);
    } else if (!workers.mayBeFrom(header, from)) {
      rings.refuse();
    } else if (config.out() != null) {
      rings.find(reference).ifPresent(this::take);
    } else if (rings.pass(reference) && count(header)) {
      handshake.progressed();
    }
  }

  private void take(Result result) {
    if (count(result.header())) {
      output.add(result);
      handshake.progressed();
    } else {
      result.release().run();
    }
  }

  /** Returns whether the result was still wanted. */
  private boolean count(FrameHeader header) {
    if (hasAll() || !isNew(header)) {
      return false;
    }
    stream = header.stream();
    waiting.done();
    long latencyNs = Math.max(0, EpochClock.nowNs() - header.timestampNs());
    latency.record(latencyNs);
    timeline.count(System.nanoTime(), latencyNs);
    rate.count(header.payloadBytes());
    workers.result(header, from, System.nanoTime());
    progress.update(ledger.received());
    return true;
  }

  private boolean isNew(FrameHeader header) {
    SinkLedger.Verdict verdict = ledger.add(header.stream(), header.frame());
    switch (verdict) {
      case STREAM_NOT_NAMED ->
          strange.add(
              new MalformedMessageException(
                  "stream", "one that the ventilator has named", header.stream()));
      case EARLY -> LOG.debug("nobody has asked yet for frame {}", header.frame());
      case FRAME_NOT_DEALT ->
          strange.add(
              new MalformedMessageException(
                  "frame",
                  "one of those that the ventilator deals out of " + header.stream(),
                  header.frame()));
      default -> {
        // Counted, and no news to anybody.
      }
    }
    return verdict == SinkLedger.Verdict.NEW;
  }

  /** Frames that never came, or too late for the file. */
  long missing() {
    return ledger.missing() + output.late();
  }

  private List<Map<String, Object>> streams() {
    return ledger.counts(output::late).stream().map(StreamCounts::toReport).toList();
  }

  private Map<String, Object> status() {
    Map<String, Object> fields = summary().fields();
    fields.remove("per_worker");
    handshake.answer().fields().forEach(fields::putIfAbsent);
    return fields;
  }

  Report report() {
    return summary()
        .put("latency_second_half_ms", timeline.secondHalf().toReport())
        .put("timeline", timeline.toReport());
  }

  /** All but what stands in the timeline, which takes long to put together. */
  private Report summary() {
    Report report =
        new Report("sink")
            .put("frames", ledger.received())
            .put("resumed", ledger.resumed())
            .put("missing", ledger.missing())
            .put("duplicate", ledger.duplicates())
            .put("late", output.late())
            .put("early", ledger.early())
            .put("strange", ledger.strange())
            .put("malformed", malformed.count())
            .put("from_ring", rings.read())
            .put("unreadable", rings.unreadable())
            .put("refused_requests", control.refused())
            .put("streams", streams());
    rate.addTo(report);
    return report.put("latency_ms", latency.toReport()).put("per_worker", workers.toReport());
  }

  private String details() {
    return String.format(
        "%.1f frames/s, latency p50 %.1f ms, p99 %.1f ms, %d workers",
        rate.framesPerSecond(),
        latency.percentileMs(50),
        latency.percentileMs(99),
        workers.ready().size());
  }

  @Override
  public void close() {
    progress.close();
    control.close();
    sockets.close(results, Duration.ZERO);
    rings.close();
    loop.close();
    output.close();
  }
}
