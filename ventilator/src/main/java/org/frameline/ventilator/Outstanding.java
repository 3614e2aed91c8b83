package org.frameline.ventilator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.ReceivedFrames;

/**
 * The frames that were taken and that the sink does not have for good: at most a window of them,
 * each kept until the sink has kept it or it is given up. One that the sink has not received is
 * dealt out again when its worker is gone or takes too long; one that it had only in its memory,
 * when the sink was restarted. Pure logic; times are monotonic nanoseconds. Not thread-safe.
 */
final class Outstanding {
  /**
   * A frame that was dealt out so often in vain, and for so long, is at fault itself. PUSH gives
   * every other one to a worker that is stuck, until the buffers on the way to it are full or its
   * connection is given up after 20 s, so often is not enough.
   */
  private static final int MOST_DEALS = 5;

  private static final long LONG_ENOUGH_NS = Duration.ofSeconds(60).toNanos();

  private static final int WINDOWS_AHEAD = 2;

  private static final long NOBODY_BRINGS_ANY_NS = Duration.ofSeconds(30).toNanos();

  /** The frames of one stream; the streams come one after the other. */
  private static final class Stream {
    private final NavigableMap<Long, Task> held = new TreeMap<>();
    private final FrameSet givenUp = new FrameSet();
    private long first;
    private long next;

    Stream(long first) {
      this.first = first;
      this.next = first;
    }

    long from() {
      return held.isEmpty() ? next : held.firstKey();
    }
  }

  private final int window;
  private final long mostBytes;
  private final Map<String, Stream> streams = new LinkedHashMap<>();
  private final NavigableMap<Long, Task> due = new TreeMap<>();
  private final Patience patience = new Patience();
  private String current;
  private long taken;
  private long held;
  private long heldBytes;
  private long heldAtSink;
  private long dispatched;
  private long resent;
  private long received;
  private long acknowledged;
  private long lastReceivedNs;

  /**
   * Nothing outstanding.
   *
   * @param window how many frames may be
   * @param mostBytes and how much of the heap they may take; a single one may be larger
   */
  Outstanding(int window, long mostBytes) {
    this.window = window;
    this.mostBytes = mostBytes;
  }

  /** Takes a frame that came from the publisher; it is due at once. */
  void take(String stream, long first, long frame, HeldFrame message) {
    Stream known = streams.computeIfAbsent(stream, name -> new Stream(first));
    known.first = Math.min(known.first, first);
    known.next = Math.max(known.next, frame + 1);
    current = stream;
    Task task = new Task(stream, frame, message, taken++);
    Task before = known.held.put(frame, task);
    if (before != null) {
      throw new IllegalStateException("taken twice: frame " + frame + " of " + stream);
    }
    held++;
    heldBytes += task.bytes();
    due.put(task.position, task);
    forgetOldStreams();
  }

  private void forgetOldStreams() {
    List<String> over = streams.keySet().stream().filter(this::isOver).toList();
    int many = Math.max(0, streams.size() - DealtStream.MOST);
    over.stream().limit(many).forEach(streams::remove);
  }

  private boolean isOver(String stream) {
    return streams.get(stream).held.isEmpty() && !stream.equals(current);
  }

  /** What is due next, or null: a new frame, or one that is to be dealt out again. */
  Task firstDue() {
    return due.isEmpty() ? null : due.firstEntry().getValue();
  }

  /**
   * The frames to deal out next, the oldest first: new ones, or a single one that is to be dealt
   * out again, since those that went with it would come back late as often as it does.
   */
  List<Task> nextDue(int most) {
    List<Task> next = new ArrayList<>(most);
    for (Task task : due.values()) {
      if (next.size() == most || (task.deals > 0 && !next.isEmpty())) {
        break;
      }
      next.add(task);
      if (task.deals > 0) {
        break;
      }
    }
    return next;
  }

  /** How many wait to be dealt out. */
  int due() {
    return due.size();
  }

  /** Whether nothing waits to be dealt out. */
  boolean isIdle() {
    return due.isEmpty();
  }

  /**
   * A due frame went out.
   *
   * @return whether for the first time
   */
  boolean dealt(Task task, String holder, long nowNs) {
    due.remove(task.position);
    boolean isFirst = task.deals == 0;
    if (isFirst) {
      dispatched++;
      task.firstDealtNs = nowNs;
    } else {
      resent++;
    }
    task.deals++;
    task.dealtNs = nowNs;
    task.holder = holder;
    task.isDoubted = false;
    return isFirst;
  }

  /**
   * The sink has these; what it names that was never dealt out means nothing.
   *
   * @return whether that is news
   */
  boolean acknowledge(ReceivedFrames answer, long nowNs) {
    Stream stream = streams.get(answer.stream());
    if (stream == null) {
      return false;
    }
    long before = received + acknowledged;
    settle(stream, stream.held.headMap(answer.below(), false), answer.kept(), nowNs);
    for (FrameSet.Run run : answer.runs()) {
      settle(stream, stream.held.subMap(run.first(), true, run.end(), false), answer.kept(), nowNs);
    }
    return received + acknowledged > before;
  }

  private void settle(Stream stream, NavigableMap<Long, Task> range, long kept, long nowNs) {
    for (Task task : List.copyOf(range.values())) {
      if (!task.isReceived) {
        receive(task, nowNs);
      }
      if (task.frame() < kept) {
        remove(stream, task);
        acknowledged++;
      }
    }
  }

  private void receive(Task task, long nowNs) {
    if (task.deals == 0) {
      // Somebody else brought it there; nobody needs to do it again.
      dispatched++;
      task.deals = 1;
    } else if (task.deals == 1) {
      patience.learn(nowNs - task.dealtNs);
    }
    due.remove(task.position);
    task.isReceived = true;
    heldAtSink++;
    received++;
    lastReceivedNs = nowNs;
  }

  /** What a sink had only in its memory went with it. */
  void sinkWasRestarted() {
    heldAtSink = 0;
    for (Stream stream : streams.values()) {
      for (Task task : stream.held.values()) {
        task.isReceived = false;
        due.put(task.position, task);
      }
    }
  }

  private void remove(Stream stream, Task task) {
    stream.held.remove(task.frame());
    due.remove(task.position);
    held--;
    heldAtSink -= task.isReceived ? 1 : 0;
    heldBytes -= task.bytes();
    task.message().release();
  }

  /** Whoever has these may be gone: they are due again soon, unless they come after all. */
  void doubt(Predicate<Task> which, long nowNs) {
    forEachUnderWay(
        task -> {
          if (!task.isDoubted && which.test(task)) {
            task.isDoubted = true;
            task.doubtedNs = nowNs;
          }
        });
  }

  /** These are lost for certain: they are due again at once. */
  void lost(Predicate<Task> which) {
    forEachUnderWay(
        task -> {
          if (which.test(task)) {
            due.put(task.position, task);
          }
        });
  }

  /**
   * Makes due again what has taken too long, and gives up what nobody brings back although others
   * are.
   *
   * @param answersSinceNs the sink has been answering since then
   * @param workersAlive whether any worker gives a sign of life
   * @return what was given up
   */
  List<Task> review(long nowNs, long answersSinceNs, boolean workersAlive) {
    boolean idle = isIdle();
    List<Task> hopeless = new ArrayList<>();
    forEachUnderWay(
        task -> {
          long age = nowNs - Math.max(task.dealtNs, answersSinceNs);
          boolean tooOld = age > patience.forFrame(task.deals, idle);
          if (tooOld && task.deals >= MOST_DEALS && isAtFault(task, nowNs, workersAlive)) {
            hopeless.add(task);
          } else if (tooOld || isLostForAllWeKnow(task, nowNs, answersSinceNs)) {
            due.put(task.position, task);
          }
        });
    hopeless.forEach(this::giveUp);
    return hopeless;
  }

  private boolean isAtFault(Task task, long nowNs, boolean workersAlive) {
    return nowNs - task.firstDealtNs > LONG_ENOUGH_NS
        && (lastReceivedNs - task.dealtNs > 0
            || (workersAlive && nowNs - lastReceivedNs > NOBODY_BRINGS_ANY_NS));
  }

  private boolean isLostForAllWeKnow(Task task, long nowNs, long answersSinceNs) {
    return task.isDoubted
        && nowNs - Math.max(task.doubtedNs, answersSinceNs) > patience.forDoubted();
  }

  private void forEachUnderWay(Consumer<Task> action) {
    for (Stream stream : streams.values()) {
      for (Task task : stream.held.values()) {
        if (task.deals > 0 && !task.isReceived && !due.containsKey(task.position)) {
          action.accept(task);
        }
      }
    }
  }

  /** Gives up all that the sink does not have for good. */
  void giveUpAll() {
    for (Stream stream : streams.values()) {
      List.copyOf(stream.held.values()).forEach(this::giveUp);
    }
  }

  private void giveUp(Task task) {
    Stream stream = streams.get(task.stream());
    remove(stream, task);
    stream.givenUp.add(task.frame());
    if (task.deals == 0) {
      dispatched++;
    }
  }

  /**
   * Whether one more frame may be taken.
   *
   * @param ordered whether the sink keeps the order: then the window also limits how far a frame
   *     may be ahead of the oldest that is not acknowledged
   */
  boolean hasRoom(boolean ordered) {
    return held < window
        && (held == 0 || heldBytes < mostBytes)
        && (!ordered || held == 0 || taken - oldest() < window);
  }

  private long oldest() {
    long oldest = taken;
    for (Stream stream : streams.values()) {
      if (!stream.held.isEmpty()) {
        oldest = Math.min(oldest, stream.held.firstEntry().getValue().position);
      }
    }
    return oldest;
  }

  /** Whether the sink should be asked how far it is. */
  boolean isHalfFull(boolean ordered) {
    return 2 * held >= window || (ordered && held > 0 && 2 * (taken - oldest()) >= window);
  }

  /**
   * What the sink is told of the streams, of the oldest {@link DealtStream#MOST}: what it has not
   * been told of waits.
   *
   * @param more whether more frames of the current stream may come. Then the sink is told of so
   *     many more than there are that none of them has to wait for its answer, unless a gap is
   *     large
   */
  List<DealtStream> streams(boolean more) {
    return streams.entrySet().stream()
        .limit(DealtStream.MOST)
        .map(entry -> dealt(entry.getKey(), entry.getValue(), more))
        .toList();
  }

  private DealtStream dealt(String name, Stream stream, boolean more) {
    long ahead = more && name.equals(current) ? (long) WINDOWS_AHEAD * window : 0;
    long to = Math.min(DealtStream.UNLIMITED, stream.next + ahead);
    long from = Math.min(FrameHeader.MAX_FRAME, stream.from());
    return new DealtStream(name, stream.first, from, to, isOver(name));
  }

  /** The frames that are not acknowledged, by stream, as pairs of first frame and count. */
  Map<String, List<List<Long>>> notAcknowledged() {
    Map<String, List<List<Long>>> all = new LinkedHashMap<>();
    streams.forEach(
        (name, stream) -> {
          FrameSet frames = new FrameSet();
          stream.held.keySet().forEach(frames::add);
          frames.addAll(stream.givenUp);
          if (frames.size() > 0) {
            all.put(name, frames.runsFrom(0, 1_000).stream().map(FrameSet.Run::toPair).toList());
          }
        });
    return all;
  }

  /** Different frames that were taken and are not acknowledged or given up. */
  long held() {
    return held;
  }

  /** Those of them that workers have, or had when they were lost. */
  long underWay() {
    return held - heldAtSink - due.size();
  }

  /** Different frames that were dealt out. */
  long dispatched() {
    return dispatched;
  }

  /** How often a frame was dealt out again. */
  long resent() {
    return resent;
  }

  /** Frames that the sink has for good. */
  long acknowledged() {
    return acknowledged;
  }

  /** Frames that were dealt out in vain, or are still under way. */
  long undelivered() {
    return dispatched - acknowledged;
  }
}
