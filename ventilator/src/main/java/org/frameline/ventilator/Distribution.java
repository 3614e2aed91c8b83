package org.frameline.ventilator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.frameline.program.Arrivals;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.ring.RingDirectory;
import org.frameline.protocol.socket.IncomingFrame;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames on their way to workers: held until the sink has them for good, dealt out when a worker
 * has room, and again when they are late or lost. Belongs to the ventilator's loop; not
 * thread-safe.
 */
final class Distribution implements AutoCloseable {
  /** Frames that each worker has while others are gathered for it. */
  private static final int BUSY_WITH = 2;

  /** No frame waits longer for others than this. */
  private static final long LONGEST_NS = Duration.ofMillis(1).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(Distribution.class);

  private final SinkLink sink;
  private final Arrivals arrivals;
  private final Runnable dealt;
  private final Outstanding outstanding;
  private final Optional<String> domain;
  private final Dealer dealer;
  private final FrameHolder holder;

  /** Whether there is a frame that nobody has been offered, and since when. */
  private boolean isNew;

  private long newSinceNs;

  /**
   * Binds; holds nothing yet.
   *
   * @param arrivals counts what is dealt out
   * @param dealt called when frames were dealt out
   */
  Distribution(
      VentilatorConfig config,
      Sockets sockets,
      PollLoop loop,
      SinkLink sink,
      Arrivals arrivals,
      Runnable dealt) {
    this.sink = sink;
    this.arrivals = arrivals;
    this.dealt = dealt;
    outstanding = new Outstanding(config.window(), Runtime.getRuntime().maxMemory() / 2);
    Optional<RingDirectory> rings = RingDirectory.ifAny();
    domain = rings.map(RingDirectory::domain);
    dealer =
        switch (config.dispatch()) {
          case PUSH ->
              new PushDealer(
                  sockets,
                  loop,
                  config.bind(),
                  outstanding,
                  () -> !outstanding.isIdle() && !isAheadOfSink(),
                  this::dealNext,
                  readers());
          case CREDIT ->
              new CreditDealer(sockets, loop, config.bind(), outstanding, this::dealAll, domain);
        };
    holder = new FrameHolder(rings, config.window(), dealer::ringIsRead);
    loop.whenever(() -> isNew, this::dealAll);
  }

  private PushDealer.Readers readers() {
    return new PushDealer.Readers() {
      @Override
      public int count() {
        return domain.equals(Optional.of(sink.ringDomain())) ? sink.workers().size() : 0;
      }

      @Override
      public long room() {
        return sink.room();
      }

      @Override
      public long together() {
        return sink.together();
      }
    };
  }

  /** The frames that the sink does not have for good. */
  Outstanding outstanding() {
    return outstanding;
  }

  Dealer dealer() {
    return dealer;
  }

  /** Whether the next frame can be taken now. */
  boolean wantsMore() {
    return hasRoom() && (outstanding.isIdle() || outstanding.due() < mostDue());
  }

  /** While every worker has enough to do, frames wait for others to be dealt out with. */
  private int mostDue() {
    int workers = sink.workers().size();
    boolean areBusy = outstanding.underWay() >= (long) BUSY_WITH * workers;
    return areBusy ? workers * dealer.mostTogether() : 1;
  }

  /** Whether one more frame may be taken. */
  boolean hasRoom() {
    return outstanding.hasRoom(sink.keepsOrder());
  }

  /**
   * Whether the next frame waits until the sink has been told of it: a result that nobody told it
   * of, it drops.
   */
  boolean isAheadOfSink() {
    Task next = outstanding.firstDue();
    return next != null && !sink.expects(next.stream(), next.frame());
  }

  /** Whether it matters soon what the sink has. */
  boolean isHalfFull() {
    return outstanding.isHalfFull(sink.keepsOrder())
        || (sink.room() > 0 && 2 * outstanding.underWay() >= sink.room());
  }

  /** Puts a frame where it can stay; null when the publisher overwrote it before it was there. */
  HeldFrame hold(IncomingFrame frame) {
    return holder.hold(frame);
  }

  /** Deals out a frame that is held, when no more are there and as soon as a worker has room. */
  void take(FrameHeader header, HeldFrame message) {
    outstanding.take(header.stream(), arrivals.ledger().first(), header.frame(), message);
    if (!isNew) {
      isNew = true;
      newSinceNs = System.nanoTime();
    }
    if (outstanding.due() >= mostDue() || System.nanoTime() - newSinceNs > LONGEST_NS) {
      dealAll();
    }
  }

  /** What is late or lost is dealt out again. */
  void lookAfterFrames() {
    List<Task> hopeless =
        outstanding.review(System.nanoTime(), sink.answersSinceNs(), !sink.workers().isEmpty());
    for (Task task : hopeless) {
      LOG.warn(
          "giving up frame {} of stream {}: {} workers did not bring it back",
          task.frame(),
          task.stream(),
          task.deals);
    }
    dealAll();
  }

  private void dealAll() {
    isNew = false;
    boolean goesOn = true;
    while (goesOn && !outstanding.isIdle()) {
      goesOn = dealNext();
    }
  }

  /** Deals out what has waited longest; false when no worker has room for it. */
  private boolean dealNext() {
    List<Task> tasks = next();
    String worker = tasks.isEmpty() ? null : dealer.deal(tasks);
    if (worker == null) {
      return false;
    }
    for (Task task : tasks) {
      if (outstanding.dealt(task, worker, System.nanoTime())) {
        arrivals.of(task.stream()).processed();
      }
    }
    dealt.run();
    return true;
  }

  /** Of what is due every worker shall get its part. */
  private List<Task> next() {
    int part = outstanding.due() / Math.max(1, sink.workers().size());
    long room = sink.room() - outstanding.underWay();
    long most = Math.max(1, Math.min(dealer.mostTogether(), Math.min(part, room)));
    List<Task> tasks = outstanding.nextDue((int) most);
    tasks = tasks.stream().takeWhile(t -> sink.expects(t.stream(), t.frame())).toList();
    boolean areInRing = tasks.stream().allMatch(task -> task.message().isInRing());
    return areInRing ? tasks : tasks.subList(0, 1);
  }

  @Override
  public void close() {
    dealer.close();
    holder.close();
  }
}
