package org.frameline.protocol.socket;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.SequenceLedger;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.Token;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts live frames and frames from the history in order. When a live frame shows that frames before
 * it were missed, it is held, live frames stay in their socket's queue, and the missed ones are
 * fetched first; what overflows meanwhile is a further gap, dealt with in the same way. So never
 * more than one answer of the history and one live message are kept here.
 *
 * <p>Not thread-safe: belongs to the loop of its subscriber.
 */
final class CatchUp implements HistoryLink.Listener, AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(50);

  /** Ten seconds in which the publisher was heard otherwise: longer than a connection is silent. */
  private static final int MOST_SILENT_TICKS = 200;

  /** Somebody from whom something came so long ago is there. */
  private static final int HEARD_TICKS = 50;

  private static final int TELL_AFTER_FRAMES = 16;
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

  private final Sockets sockets;
  private final PollLoop loop;
  private final StreamSubscriber.Config config;
  private final SequenceLedger ledger;
  private final StreamSubscriber.Listener listener;
  private final Consumer<MalformedMessageException> refused;
  private final Deque<IncomingFrame> fetched = new ArrayDeque<>();
  private final String token = Token.create();
  private HistoryLink history;
  private boolean historyIsSilent;

  private String stream;
  private long next;
  private boolean delivered;

  /** Frames from {@code askNext} up to {@code target} are still to be asked for. */
  private long askNext;

  private long target;
  private boolean findingFirst;
  private long fetchedEnd;
  private long fetchedFrames;
  private IncomingFrame held;
  private StreamMessage.SeriesEnd heldEnd;

  /** A stream that was announced while another one was being received. */
  private String upcoming;

  private long upcomingFirst;
  private int silentTicks;

  /** Since something came from the publisher, on any of its sockets. */
  private int unheardTicks;

  /** Since the history answered for another stream; 0 while it does not. */
  private int strangerTicks;

  private long stalledAt = -1;
  private long toldTaken = -1;

  CatchUp(
      Sockets sockets,
      PollLoop loop,
      StreamSubscriber.Config config,
      SequenceLedger ledger,
      StreamSubscriber.Listener listener,
      Consumer<MalformedMessageException> refused) {
    this.refused = refused;
    this.sockets = sockets;
    this.loop = loop;
    this.config = config;
    this.ledger = ledger;
    this.listener = listener;
    loop.whenever(this::hasNext, this::deliverNext);
    loop.every(TICK, this::tick);
  }

  /** Something came from the publisher, whatever it was. */
  void heard() {
    unheardTicks = 0;
  }

  /** How long nothing has come from the publisher, as far as this loop was running. */
  Duration unheard() {
    return TICK.multipliedBy(unheardTicks);
  }

  /** What shows to the publisher that all that is said under our name is said by us. */
  String token() {
    return token;
  }

  /** The publisher says where its history is. */
  void useHistory(Endpoint endpoint) {
    if (history != null && history.endpoint().equals(endpoint)) {
      return;
    }
    if (history != null) {
      history.close();
    }
    history = new HistoryLink(sockets, loop, endpoint, config.name(), token, this);
    historyIsSilent = false;
    strangerTicks = 0;
  }

  /** Whether a live message can be taken now. */
  boolean wantsLive() {
    boolean begins = stream != null || config.from().isNow();
    return begins && !isCatchingUp() && listener.wantsMore();
  }

  private boolean isCatchingUp() {
    return askNext < target || isHolding() || !fetched.isEmpty();
  }

  private boolean isHolding() {
    return held != null || heldEnd != null;
  }

  /** Frames that came from the history. */
  long fetched() {
    return fetchedFrames;
  }

  /**
   * Takes a frame from the live socket.
   *
   * @param mayComeTwice whether a frame that is there already need not be told of
   */
  void live(IncomingFrame frame, boolean mayComeTwice) {
    long number = frame.header().frame();
    beginUnlessBegun(frame.header().stream(), number);
    if (mayComeTwice && delivered && number < next) {
      frame.release();
      return;
    }
    if (number > next && canFetch()) {
      held = frame;
      fetchUpTo(number);
    } else {
      deliver(frame);
    }
  }

  /** Takes the end of the stream from the live socket. */
  void live(StreamMessage.SeriesEnd end) {
    beginUnlessBegun(end.stream(), end.frames());
    if (end.frames() > next && canFetch()) {
      heldEnd = end;
      fetchUpTo(end.frames());
    } else {
      listener.seriesEnd(end);
    }
  }

  private boolean canFetch() {
    return history != null && !historyIsSilent;
  }

  private void fetchUpTo(long frame) {
    askNext = next;
    target = frame;
    askMore();
  }

  /**
   * A publisher that was restarted while we listened: its history has what came before our
   * connection stood again, so nothing of the new stream need be missed.
   */
  private void beginUnlessBegun(String newStream, long number) {
    if (!newStream.equals(stream)) {
      boolean isFirst = stream == null;
      long announcedFirst = newStream.equals(upcoming) ? Math.min(upcomingFirst, number) : number;
      begin(newStream, !isFirst && canFetch() ? 0 : announcedFirst);
    }
  }

  private void begin(String newStream, long first) {
    stream = newStream;
    next = first;
    delivered = false;
    fetchedEnd = 0;
    toldTaken = -1;
    askNext = first;
    target = first;
    held = null;
    heldEnd = null;
    fetched.clear();
    ledger.expectFrom(newStream, first);
  }

  /**
   * The publisher's answer to our being ready.
   *
   * @param nextFrame all from this one on will arrive
   * @param ended whether the stream is over
   * @param liveIsEmpty whether nothing waits in the live socket
   */
  void announced(String announcedStream, long nextFrame, boolean ended, boolean liveIsEmpty) {
    if (announcedStream.equals(stream)) {
      if (liveIsEmpty && !isCatchingUp() && listener.wantsMore()) {
        lookForStall(nextFrame, ended);
      }
    } else if (stream == null) {
      beginAsAsked(announcedStream, nextFrame);
    } else {
      upcoming = announcedStream;
      upcomingFirst = canFetch() ? 0 : nextFrame;
      ledger.expectFrom(upcoming, upcomingFirst);
      if (liveIsEmpty && !isCatchingUp() && canFetch()) {
        begin(upcoming, upcomingFirst);
        fetchUpTo(nextFrame);
      }
    }
  }

  private void beginAsAsked(String announcedStream, long nextFrame) {
    if (config.from().isNow() || !config.from().isFor(announcedStream)) {
      begin(announcedStream, nextFrame);
      return;
    }
    if (!canFetch()) {
      LOG.warn("{} has no history; beginning with frame {}", config.control(), nextFrame);
      begin(announcedStream, nextFrame);
      return;
    }
    findingFirst = config.from().isFirst();
    if (findingFirst) {
      stream = announcedStream;
      fetchUpTo(nextFrame);
    } else {
      begin(announcedStream, config.from().frame());
      if (next < nextFrame) {
        fetchUpTo(nextFrame);
      }
    }
  }

  /**
   * When nothing arrives any more although there is more, or the end, it was dropped for a full
   * queue or lost with a connection.
   */
  private void lookForStall(long nextFrame, boolean ended) {
    if (stalledAt != next) {
      stalledAt = next;
    } else if (nextFrame > next && canFetch()) {
      fetchUpTo(nextFrame);
    } else if (ended) {
      listener.seriesEnd(new StreamMessage.SeriesEnd(config.topic(), stream, nextFrame));
    }
  }

  private void askMore() {
    if (askNext < target
        && canFetch()
        && !history.isAsking()
        && fetched.size() <= HistoryLink.CREDIT / 2) {
      history.askFrames(stream, next, askNext, Math.min(HistoryLink.CREDIT, target - askNext));
      toldTaken = next;
    }
  }

  @Override
  public void malformed(MalformedMessageException fault) {
    refused.accept(fault);
  }

  @Override
  public void answered(HistoryLink.Answer answer) {
    heard();
    historyIsSilent = false;
    silentTicks = 0;
    boolean isForFrames = answer.first() >= 0 && askNext < target;
    if (!isForFrames) {
      askMore();
      return;
    }
    if (!answer.stream().equals(stream)) {
      answeredByAnother(answer.stream());
      return;
    }
    strangerTicks = 0;
    if (findingFirst) {
      findingFirst = false;
      next = Math.max(answer.first(), answer.lasting());
      askNext = next;
      ledger.expectFrom(stream, next);
    }
    boolean nothing = answer.frames().isEmpty() && answer.first() <= askNext;
    askNext = nothing ? target : Math.min(target, Math.max(askNext, answer.first()));
    for (IncomingFrame one : answer.frames()) {
      if (one.header().frame() == askNext && askNext < target) {
        fetched.add(one);
        askNext++;
        fetchedFrames++;
      }
    }
    fetchedEnd = askNext;
    askMore();
  }

  /**
   * Either our publisher was restarted, and what its stream had is gone; its answer on the control
   * socket says so too. Or it is somebody else's, who took the endpoint when our publisher left it;
   * then that answer will say where our publisher's new history is.
   */
  private void answeredByAnother(String other) {
    if (other.equals(upcoming)) {
      endFetching();
    } else {
      strangerTicks = Math.max(1, strangerTicks);
    }
  }

  private void endFetching() {
    strangerTicks = 0;
    if (findingFirst) {
      findingFirst = false;
      ledger.expectFrom(stream, target);
      next = target;
    }
    askNext = target;
  }

  private boolean hasNext() {
    boolean caughtUp = askNext >= target && isHolding();
    return (!fetched.isEmpty() || caughtUp) && listener.wantsMore();
  }

  private void deliverNext() {
    IncomingFrame one = fetched.poll();
    if (one != null) {
      deliver(one);
      askMore();
      return;
    }
    IncomingFrame frame = held;
    StreamMessage.SeriesEnd end = heldEnd;
    held = null;
    heldEnd = null;
    if (frame != null) {
      deliver(frame);
    } else if (end != null) {
      listener.seriesEnd(end);
    }
  }

  private void deliver(IncomingFrame frame) {
    long number = frame.header().frame();
    // Before what was asked for, or the live copy of what came from the history.
    boolean isKnown = number < next && (isBeforeTheStart() || number < fetchedEnd);
    boolean isTaken = !isKnown && listener.frame(frame);
    frame.release();
    if (!isTaken) {
      return;
    }
    next = delivered ? Math.max(next, number + 1) : number + 1;
    delivered = true;
    if (next - toldTaken >= TELL_AFTER_FRAMES) {
      tellTaken();
    }
  }

  /** Who begins now takes the first that comes, also when it was sent before the answer was. */
  private boolean isBeforeTheStart() {
    return !delivered && !config.from().isNow();
  }

  private void tellTaken() {
    if (history != null && !history.isAsking()) {
      toldTaken = next;
      history.tellTaken(stream, next);
    }
  }

  private void tick() {
    unheardTicks++;
    if (history == null || stream == null) {
      return;
    }
    // Counted in turns of this loop: while the process was stopped nobody could answer it. While
    // nothing comes from the publisher at all, the network is gone, and not its history.
    if (!history.isAwaited()) {
      silentTicks = 0;
    } else if (unheardTicks < HEARD_TICKS) {
      silentTicks++;
    }
    if (askNext < target && silentTicks > MOST_SILENT_TICKS) {
      LOG.warn(
          "the history at {} does not answer; going on without frames {} to {}",
          history.endpoint(),
          askNext,
          target - 1);
      historyIsSilent = true;
      endFetching();
    }
    if (strangerTicks > 0 && ++strangerTicks > MOST_SILENT_TICKS) {
      LOG.warn(
          "the history at {} is another stream's; going on without frames {} to {}",
          history.endpoint(),
          askNext,
          target - 1);
      endFetching();
    }
    askMore();
    if (next != toldTaken || history.asksInVain()) {
      tellTaken();
    }
  }

  @Override
  public void close() {
    if (history != null) {
      history.close();
    }
  }
}
