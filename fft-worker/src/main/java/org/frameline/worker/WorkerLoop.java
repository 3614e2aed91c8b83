package org.frameline.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.frameline.fft.SpectrumFormat;
import org.frameline.program.Latency;
import org.frameline.program.ProcessControl;
import org.frameline.program.Rate;
import org.frameline.program.Report;
import org.frameline.program.StopSignal;
import org.frameline.program.StreamTally;
import org.frameline.program.Waiting;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.GatheredReferences;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.StreamMessage.References;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.frameline.protocol.Token;
import org.frameline.protocol.ring.RingDirectory;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Refusals;
import org.frameline.protocol.socket.Sockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches tasks, has them transformed and hands the results on. Tells the sink every second that it
 * is ready, from the moment tasks can reach it. One thread, which owns the sockets; others
 * transform.
 */
final class WorkerLoop implements AutoCloseable {
  private static final int QUEUED_RESULTS = 2;

  /** References that wait here while others travel: enough to last until the sink's next word. */
  private static final int WAITING = 14;

  private static final Duration ROOM_WITHIN = Duration.ofMillis(100);
  private static final String NOTICE_TOPIC = "worker";
  private static final Duration TICK = Duration.ofMillis(50);
  private static final long NOTICE_EVERY_NS = Duration.ofSeconds(1).toNanos();
  private static final Duration LINGER = Duration.ofSeconds(10);
  private static final Duration LINGER_WHEN_STOPPED = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);

  private final WorkerConfig config;
  private final String worker;
  private final Sockets sockets;
  private final StopSignal stop;
  private final PollLoop loop;
  private final TaskSource tasks;
  private final MessageSocket results;
  private final TransformThreads threads;
  private final Optional<RingDirectory> rings = RingDirectory.ifAny();
  private final TaskRings taskRings = new TaskRings();
  private final String token = Token.create();
  private final ResultRing ring;
  private final Rate rate = new Rate();
  private final Latency transformTime = new Latency();
  private final Waiting waiting = new Waiting();
  private long noticeNs = System.nanoTime() - NOTICE_EVERY_NS;
  private final StreamTally counts = new StreamTally();
  private final ProcessControl control;
  private final Refusals malformed;
  private SpectrumFormat format;

  /** What came in one message, and is taken one by one when there is room. */
  private final Deque<StreamMessage.Reference> waitingTasks = new ArrayDeque<>();

  private final GatheredReferences gathered = new GatheredReferences();
  private Task held;
  private boolean ending;
  private String stream;
  private long lastTransformNs;
  private long refused;
  private long unreadable;
  private long undelivered;

  WorkerLoop(WorkerConfig config, String worker, Sockets sockets, StopSignal stop) {
    this.config = config;
    this.worker = worker;
    this.sockets = sockets;
    this.stop = stop;
    ring =
        new ResultRing(
            rings.map(RingDirectory::path), worker, TransformThreads.underWay(config.threads()));
    loop = new PollLoop(sockets, stop);
    threads = new TransformThreads(config.threads(), config.engine(), loop::wake);
    control =
        new ProcessControl(
            sockets, config.controlBind(), "--control-bind", "fft", () -> report().fields(), stop);
    malformed = new Refusals("a malformed task from " + config.connect());
    results = sockets.connectPush(config.results(), QUEUED_RESULTS);
    results.waitForRoom(ROOM_WITHIN);
    tasks =
        switch (config.dispatch()) {
          case PUSH ->
              new PullTasks(sockets, loop, config.connect(), this::wantsMessage, this::takeTask);
          case CREDIT ->
              new CreditTasks(
                  sockets,
                  loop,
                  config.connect(),
                  worker,
                  token,
                  rings.map(RingDirectory::domain),
                  this::wantsMessage,
                  this::takeTask);
        };
    loop.every(TICK, this::tick);
    loop.whenever(() -> !waitingTasks.isEmpty() && wantsTask(), this::takeWaiting);
    loop.whenever(threads::haveResult, this::deliverResults);
  }

  void run() {
    control.serveOn(loop, worker);
    LOG.info("control on {}", control.endpoint());
    LOG.info("worker {} transforms tasks from {}", worker, config.connect());
    loop.run();
    for (Transformation last = threads.await(); last != null; last = threads.await()) {
      deliver(last);
    }
    if (held != null) {
      undelivered++;
      counts.of(held.header().stream()).dropped("stopped");
    }
    tasks.leave();
    sendNotice(WorkerNotice.State.LEAVING);
    LOG.info("worker {} transformed {} frames", worker, rate.frames());
  }

  private void tick() {
    long now = System.nanoTime();
    tasks.tick(now);
    if (!tasks.isConnected()) {
      waiting.waitFor("the ventilator at " + config.connect());
      return;
    }
    if (rate.frames() == 0) {
      waiting.waitFor("tasks from " + config.connect());
    }
    if (now - noticeNs >= NOTICE_EVERY_NS) {
      sendNotice(WorkerNotice.State.READY);
    }
  }

  private void sendNotice(WorkerNotice.State state) {
    // It names the next result that will be sent.
    sendGathered();
    Map<String, Object> facts = ring.facts();
    rings.ifPresent(its -> facts.put(RingDirectory.DOMAIN, its.domain()));
    facts.put(References.KEY, References.MOST);
    facts.put("room", TransformThreads.underWay(config.threads()) + WAITING);
    facts.put("transformed", rate.frames());
    facts.put(Token.KEY, token);
    if (results.send(new WorkerNotice(NOTICE_TOPIC, worker, state, facts))) {
      noticeNs = System.nanoTime();
    } else {
      waiting.waitFor("the sink at " + config.results());
    }
  }

  private boolean takeTask() {
    List<byte[]> parts = tasks.take();
    if (parts == null) {
      return false;
    }
    // There may be many frames in a row.
    tick();
    try {
      StreamMessage message = MessageCodec.decode(parts);
      if (message instanceof StreamMessage.Frame frame) {
        take(Task.inline(frame));
      } else if (message instanceof StreamMessage.Reference reference) {
        take(reference);
      } else if (message instanceof StreamMessage.References references) {
        waitingTasks.addAll(references.each());
        takeWaiting();
      } else if (message instanceof StreamMessage.SeriesEnd) {
        ending = true;
        goOn();
      }
    } catch (MalformedMessageException e) {
      malformed.add(e);
      counts.of(stream).malformed();
    }
    return true;
  }

  private boolean wantsMessage() {
    return waitingTasks.isEmpty() && wantsTask();
  }

  private void takeWaiting() {
    while (!waitingTasks.isEmpty() && wantsTask()) {
      take(waitingTasks.poll());
    }
  }

  private boolean wantsTask() {
    return threads.haveRoom() && held == null && !ending;
  }

  private void take(StreamMessage.Reference reference) {
    try {
      take(taskRings.find(reference));
    } catch (IOException e) {
      gone(reference.header().stream(), e);
    }
  }

  /** Its ventilator deals it out again, unless somebody else has brought the result. */
  private void gone(String its, IOException why) {
    unreadable++;
    counts.of(its).dropped("not in its ring");
    LOG.debug("a task cannot be read from its ring: {}", why.getMessage());
  }

  private void take(Task task) {
    waiting.done();
    FrameHeader header = task.header();
    stream = header.stream();
    counts.of(stream).received();
    try {
      SpectrumFormat its =
          new SpectrumFormat(header.shape(), header.type(), config.output(), config.precision());
      if (its.equals(format)) {
        begin(task);
      } else {
        // Its ring can be made when nobody writes to the one before.
        format = its;
        held = task;
        goOn();
      }
    } catch (IllegalArgumentException e) {
      refuse(stream, e);
    }
  }

  private void refuse(String its, IllegalArgumentException why) {
    refused++;
    counts.of(its).dropped("not transformable");
    if (refused == 1) {
      LOG.warn("dropped a frame that cannot be transformed: {}", why.getMessage());
    }
  }

  private void begin(Task task) {
    threads.begin(new Transformation(task, format, ring.place(format.outputBytes())));
  }

  /** Does what had to wait until no frame was under way. */
  private void goOn() {
    if (!threads.areIdle()) {
      return;
    }
    if (held != null) {
      ring.prepare(format.outputBytes());
      begin(held);
      held = null;
    } else if (ending) {
      loop.finish();
    }
  }

  private void deliverResults() {
    for (Transformation next = threads.next(); next != null; next = threads.next()) {
      deliver(next);
    }
    if (threads.areIdle() && waitingTasks.isEmpty()) {
      sendGathered();
    }
    goOn();
  }

  private void deliver(Transformation done) {
    if (done.gone() != null) {
      gone(done.task().header().stream(), done.gone());
      ring.discard(done.place());
      return;
    }
    StreamMessage.Frame result;
    try {
      result = done.result(config, worker);
    } catch (IllegalArgumentException e) {
      ring.discard(done.place());
      refuse(done.task().header().stream(), e);
      return;
    }
    lastTransformNs = done.transformNs();
    transformTime.record(lastTransformNs);
    rate.count(done.task().header().payloadBytes());
    StreamMessage message = ring.message(done.place(), result);
    if (message instanceof StreamMessage.Reference reference) {
      long now = System.nanoTime();
      gathered.add(reference, now);
      if (gathered.isDue(ring.together(), now + lastTransformNs)) {
        sendGathered();
      }
    } else {
      sendGathered();
      deliver(message, List.of(result.header()));
    }
    if (ring.isUnannounced()) {
      sendNotice(WorkerNotice.State.READY);
    }
  }

  /** Results keep their order, whichever way they go. */
  private void sendGathered() {
    List<StreamMessage.Reference> references = gathered.take();
    if (!references.isEmpty()) {
      deliver(
          References.of(references),
          references.stream().map(StreamMessage.Reference::header).toList());
    }
  }

  private void deliver(StreamMessage message, List<FrameHeader> its) {
    while (!results.send(message)) {
      if (stop.getAsBoolean()) {
        undelivered += its.size();
        its.forEach(one -> counts.of(one.stream()).dropped("stopped"));
        return;
      }
      control.answerWaiting();
      waiting.waitFor("the sink at " + config.results() + " to take a result");
    }
    its.forEach(one -> counts.of(one.stream()).processed());
    waiting.done();
  }

  long undelivered() {
    return undelivered + refused;
  }

  Report report() {
    Report report =
        new Report("fft")
            .put("worker", worker)
            .put("frames", rate.frames())
            .put("missing", undelivered())
            .put("malformed", malformed.count())
            .put("through_ring", ring.referred())
            .put("unreadable", unreadable)
            .put("refused_requests", control.refused())
            .put("streams", counts.toReport())
            .put("threads", config.threads())
            .put("engine", config.engine().name())
            .put("output", config.output().optionName())
            .put("precision", config.precision().optionName());
    rate.addTo(report);
    return report.put("latency_ms", transformTime.toReport());
  }

  @Override
  public void close() {
    control.close();
    tasks.close();
    threads.close();
    ring.close();
    taskRings.close();
    sockets.close(results, stop.getAsBoolean() ? LINGER_WHEN_STOPPED : LINGER);
    loop.close();
  }
}
