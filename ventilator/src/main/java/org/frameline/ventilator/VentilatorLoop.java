package org.frameline.ventilator;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.frameline.program.Arrivals;
import org.frameline.program.ProcessControl;
import org.frameline.program.Progress;
import org.frameline.program.Rate;
import org.frameline.program.Report;
import org.frameline.program.StopSignal;
import org.frameline.program.Waiting;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.ReceivedFrames;
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
 * Deals frames out to workers. Waits first until the sink knows enough workers, subscribes only
 * then, and at the end of the stream waits until the sink has everything before it sends the
 * workers home. One thread, which owns the sockets.
 */
final class VentilatorLoop implements StreamSubscriber.Listener, AutoCloseable {
  private static final int QUEUED_FRAMES = 32;
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration SILENT_AFTER = Duration.ofSeconds(1);
  private static final Duration STUCK_AFTER = Duration.ofSeconds(20);
  private static final Duration SINK_BACK_WITHIN = Duration.ofSeconds(60);
  private static final Duration WORKERS_LEAVE_WITHIN = Duration.ofSeconds(5);

  /** Before the workers have brought all that they hold there must be more for them. */
  private static final int ANSWERS_PER_ROOM = 2;

  private static final long END_AGAIN_NS = Duration.ofMillis(200).toNanos();
  private static final Logger LOG = LoggerFactory.getLogger(VentilatorLoop.class);

  private enum Phase {
    GATHERING_WORKERS,
    DEALING,
    AWAITING_SINK,
    SENDING_WORKERS_HOME,
    SAYING_GOODBYE
  }

  private final VentilatorConfig config;
  private final Sockets sockets;
  private final PollLoop loop;
  private final SinkLink sink;
  private final Distribution distribution;
  private final Outstanding outstanding;
  private final ProcessControl control;
  private final Arrivals arrivals = new Arrivals();
  private final SequenceLedger ledger = arrivals.ledger();
  private final Rate rate = new Rate();
  private final Waiting waiting = new Waiting();
  private final Progress progress = new Progress("dealing out", -1, this::details);
  private final Set<String> sentHome = new HashSet<>();
  private StreamSubscriber subscriber;
  private StreamMessage.SeriesEnd end;
  private Phase phase = Phase.GATHERING_WORKERS;
  private String sinkRun = "";
  private Set<String> workers = Set.of();
  private long lastFrameNs = System.nanoTime();
  private long phaseSinceNs = System.nanoTime();
  private long endSentNs;
  private boolean sinkHasAll;

  /** Null while it runs. */
  private Duration silenceAtEnd;

  VentilatorLoop(VentilatorConfig config, Sockets sockets, StopSignal stop) {
    this.config = config;
    this.sockets = sockets;
    loop = new PollLoop(sockets, stop);
    control =
        new ProcessControl(
            sockets, config.controlBind(), "--control-bind", "ventilate", this::status, stop);
    ControlMessage hello = ControlMessage.request("hello").with("window", config.window());
    sink = new SinkLink(sockets, loop, config.sink(), hello, this::sinkAnswered);
    distribution = new Distribution(config, sockets, loop, sink, arrivals, this::dealt);
    outstanding = distribution.outstanding();
  }

  void run() {
    control.serveOn(loop, config.topic());
    LOG.info("control on {}", control.endpoint());
    loop.every(TICK, this::tick);
    loop.run();
    silenceAtEnd = silence();
    if (!silenceAtEnd.isZero()) {
      LOG.warn(
          "stopped while nothing had come from {} for {} s: what it sent meanwhile was not dealt out",
          config.connect(),
          silenceAtEnd.toSeconds());
    }
  }

  /** How long nothing has come from a publisher from which there may be more. */
  Duration silence() {
    if (silenceAtEnd != null) {
      return silenceAtEnd;
    }
    return sinkHasAll || subscriber == null ? Duration.ZERO : subscriber.silence();
  }

  private void tick() {
    distribution.dealer().tick(System.nanoTime());
    // Unless it is the sink that makes everybody wait.
    if (sink.isAnswering() && !sinkHasAll) {
      distribution.lookAfterFrames();
    }
    switch (phase) {
      case GATHERING_WORKERS -> gather();
      case DEALING -> deal();
      case AWAITING_SINK -> awaitSink();
      case SENDING_WORKERS_HOME -> sendWorkersHome();
      case SAYING_GOODBYE -> sayGoodbye();
    }
  }

  private void enter(Phase next) {
    phase = next;
    phaseSinceNs = System.nanoTime();
    waiting.done();
  }

  private Duration inPhaseFor() {
    return Duration.ofNanos(System.nanoTime() - phaseSinceNs);
  }

  private void gather() {
    sink.greet();
    if (sink.workers().size() < config.workers()) {
      waiting.waitFor(
          sink.isRefused()
              ? "the sink at " + config.sink() + ", which another ventilator uses"
              : sink.isKnown()
                  ? config.workers() + " workers, " + sink.workers().size() + " are ready"
                  : "the sink at " + config.sink());
      return;
    }
    LOG.info("{} workers are ready, subscribing to {}", sink.workers().size(), config.connect());
    StartFrom from = config.from().isNow() ? sink.resume() : config.from();
    if (!from.stream().isEmpty()) {
      LOG.info("the sink knows stream {} up to frame {}", from.stream(), from.frame());
    }
    subscriber =
        new StreamSubscriber(
            sockets,
            loop,
            new StreamSubscriber.Config(
                config.connect(),
                config.control(),
                config.topic(),
                "ventilator-" + UUID.randomUUID(),
                QUEUED_FRAMES,
                from),
            ledger,
            this);
    enter(Phase.DEALING);
  }

  private void deal() {
    if (!outstanding.isIdle()) {
      waiting.waitFor("a worker with room for a task at " + config.bind());
    } else if (!distribution.hasRoom()) {
      waiting.waitFor("the sink to have one of " + outstanding.held() + " frames for good");
    } else if (System.nanoTime() - lastFrameNs > SILENT_AFTER.toNanos()) {
      waiting.waitFor("frames from " + config.connect());
    }
    askForProgress();
  }

  private void askForProgress() {
    boolean matters = distribution.isHalfFull() || distribution.isAheadOfSink();
    sink.askNowAndThen(() -> question("progress"), matters);
  }

  @Override
  public boolean wantsMore() {
    return phase == Phase.DEALING && distribution.wantsMore();
  }

  @Override
  public boolean frame(IncomingFrame frame) {
    HeldFrame message = distribution.hold(frame);
    if (message == null) {
      return false;
    }
    if (arrivals.take(frame.header().stream(), frame.header().frame()).isRepeated()) {
      message.release();
      return true;
    }
    lastFrameNs = System.nanoTime();
    distribution.take(frame.header(), message);
    if (distribution.isAheadOfSink()) {
      askForProgress();
    }
    rate.count(frame.header().payloadBytes());
    return true;
  }

  private void dealt() {
    if (phase == Phase.DEALING) {
      waiting.done();
      progress.update(outstanding.dispatched());
      askForProgress();
    }
  }

  @Override
  public void seriesEnd(StreamMessage.SeriesEnd seriesEnd) {
    arrivals.end(seriesEnd);
    end = seriesEnd;
    LOG.info("stream {} ended after {} frames", seriesEnd.stream(), seriesEnd.frames());
    enter(Phase.AWAITING_SINK);
  }

  @Override
  public void malformed() {
    arrivals.malformed();
  }

  private void awaitSink() {
    sink.ask(question("end"));
    if (outstanding.held() == 0 || sink.isFinished()) {
      enter(Phase.SENDING_WORKERS_HOME);
    } else if (waiting.lasted().compareTo(sink.isAnswering() ? STUCK_AFTER : SINK_BACK_WITHIN)
        > 0) {
      LOG.warn("giving up on {} frames that did not reach the sink", outstanding.held());
      outstanding.giveUpAll();
      enter(Phase.SENDING_WORKERS_HOME);
    } else {
      waiting.waitFor("the last frames to reach the sink");
    }
  }

  private void sendWorkersHome() {
    sink.ask(question("end"));
    Set<String> staying = sink.workers();
    if (staying.isEmpty() || inPhaseFor().compareTo(WORKERS_LEAVE_WITHIN) > 0) {
      if (!staying.isEmpty()) {
        LOG.warn("these workers did not say goodbye: {}", staying);
      }
      enter(Phase.SAYING_GOODBYE);
      return;
    }
    if (!sentHome.containsAll(staying) || System.nanoTime() - endSentNs > END_AGAIN_NS) {
      sentHome.addAll(staying);
      endSentNs = System.nanoTime();
      distribution.dealer().sendHome(staying, endMessage());
    }
    waiting.waitFor(staying.size() + " workers to leave");
  }

  /** A question that also tells the sink what it may expect. */
  private ControlMessage question(String request) {
    ControlMessage question =
        DealtStream.put(
            ControlMessage.request(request).with("dispatched", outstanding.dispatched()),
            outstanding.streams(phase == Phase.DEALING));
    if (phase == Phase.DEALING && (distribution.isAheadOfSink() || outstanding.held() == 0)) {
      // There is nothing that the sink could wait for.
      question = question.with("after", 0);
    } else if (sink.room() > 0) {
      question = question.with("after", Math.max(1, sink.room() / ANSWERS_PER_ROOM));
    }
    if (ledger.stream() != null) {
      question = question.with("stream", ledger.stream()).with("first", ledger.first());
    }
    return end == null ? question : question.with("published", end.frames());
  }

  private StreamMessage.SeriesEnd endMessage() {
    return end != null ? end : new StreamMessage.SeriesEnd(config.topic(), "none", 0);
  }

  private void sayGoodbye() {
    sink.ask(question("goodbye"));
    if (sink.saidGoodbye() || inPhaseFor().compareTo(WORKERS_LEAVE_WITHIN) > 0) {
      loop.finish();
    }
  }

  private void sinkAnswered() {
    long now = System.nanoTime();
    if (!sink.run().equals(sinkRun)) {
      if (!sinkRun.isEmpty()) {
        LOG.warn("the sink was restarted; what it had not kept is dealt out again");
        outstanding.sinkWasRestarted();
      }
      sinkRun = sink.run();
    }
    for (ReceivedFrames received : sink.received()) {
      if (outstanding.acknowledge(received, now)) {
        waiting.done();
      }
    }
    if (!sink.workers().containsAll(workers)) {
      outstanding.doubt(task -> true, now);
    }
    workers = sink.workers();
    if (sink.isFinished() && phase == Phase.DEALING) {
      LOG.info("the sink has all it wants");
      sinkHasAll = true;
      enter(Phase.AWAITING_SINK);
    }
    if (phase != Phase.GATHERING_WORKERS) {
      tick();
    }
  }

  /** Frames that never came or never arrived. */
  long missing() {
    return ledger.missing() + undelivered();
  }

  /** A sink that has all it wants takes no more, and misses nothing. */
  private long undelivered() {
    return sinkHasAll ? 0 : outstanding.undelivered();
  }

  private Map<String, Object> status() {
    Map<String, Object> fields = report().fields();
    fields.put("in_flight", outstanding.held());
    fields.put("workers", sink.workers());
    return fields;
  }

  Report report() {
    Report report =
        new Report("ventilate")
            .put("stream", ledger.stream())
            .put("frames", outstanding.dispatched())
            .put("received", ledger.received())
            .put("missing", ledger.missing())
            .put("silent_ms", silence().toMillis())
            .put("resent", outstanding.resent())
            .put("acknowledged", outstanding.acknowledged())
            .put("undelivered", undelivered())
            .put("unwanted", sinkHasAll ? outstanding.undelivered() : 0)
            .put("not_acknowledged", outstanding.notAcknowledged())
            .put("fetched", subscriber == null ? 0 : subscriber.fetched())
            .put("from_ring", subscriber == null ? 0 : subscriber.fromRing())
            .put("duplicate", ledger.repeated())
            .put("malformed", sink.malformed() + (subscriber == null ? 0 : subscriber.malformed()))
            .put("refused_requests", control.refused())
            .put("streams", arrivals.toReport());
    rate.addTo(report);
    return report;
  }

  private String details() {
    return String.format(
        "%.1f frames/s, %d in flight, %d dealt out again, %d workers, %d missing",
        rate.framesPerSecond(),
        outstanding.held(),
        outstanding.resent(),
        sink.workers().size(),
        ledger.missing());
  }

  @Override
  public void close() {
    progress.close();
    if (subscriber != null) {
      subscriber.close();
    }
    sink.close();
    control.close();
    distribution.close();
    loop.close();
  }
}
