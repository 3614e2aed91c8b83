package org.frameline.cli.process;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;

/** Starts the processes of a pipeline and sees to it that none of them is left over. One thread. */
public final class Supervisor implements AutoCloseable {
  /** More than each process grants itself, since all close at the same time. */
  private static final Duration END_WITHIN = StopSignal.GRACE.multipliedBy(3);

  private static final Duration KILLED_WITHIN = Duration.ofSeconds(2);

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** A child that hears the same Ctrl-C may end a little before the signal is noticed here. */
  private static final Duration SIGNAL_WITHIN = Duration.ofMillis(300);

  private final Stage stage;
  private final StopSignal stop;
  private final Duration patience;
  private final String whenAPortIsTaken;
  private final Set<String> dismissed = new HashSet<>();
  private int ended;
  private long lastEndNs;

  /**
   * Prepares to supervise.
   *
   * @param patience how long a process may go on after the others have ended
   * @param whenAPortIsTaken what to do when a process finds its address in use, for the message
   */
  public Supervisor(Stage stage, StopSignal stop, Duration patience, String whenAPortIsTaken) {
    this.stage = stage;
    this.stop = stop;
    this.patience = patience;
    this.whenAPortIsTaken = whenAPortIsTaken;
    stop.grant(END_WITHIN.plus(KILLED_WITHIN).plus(StopSignal.GRACE));
  }

  /**
   * Runs until all have ended.
   *
   * @return false when the stop signal ended them
   * @throws ProgramException naming the process that failed or would not end; the others are
   *     stopped then
   */
  public boolean run(List<Member> members) {
    try {
      for (Member member : members) {
        if (stop.getAsBoolean()) {
          return false;
        }
        stage.start(member);
      }
      return await();
    } finally {
      endAll();
    }
  }

  /** Starts one, and goes on at once. */
  public void start(Member member) {
    stage.start(member);
  }

  /** Asks one that was started to end, by its name, while the others go on. */
  public void dismiss(String name) {
    stage.children().stream()
        .filter(child -> child.member().name().equals(name))
        .forEach(Child::ask);
    dismissed.add(name);
  }

  /**
   * Looks after those that were started one by one.
   *
   * @throws ProgramException naming one that has ended, unless it was dismissed or all are to stop
   */
  public void requireRunning() {
    for (Child child : stage.children()) {
      if (child.hasEnded()
          && !dismissed.contains(child.member().name())
          && !stop.await(SIGNAL_WITHIN)) {
        throw failure(child);
      }
    }
  }

  /** Ends all that still run. */
  @Override
  public void close() {
    endAll();
  }

  private boolean await() {
    while (!stop.await(LOOK_EVERY)) {
      List<? extends Child> left = stage.children().stream().filter(c -> !c.hasEnded()).toList();
      for (Child child : stage.children()) {
        if (child.hasEnded() && hasFailed(child)) {
          if (stop.await(SIGNAL_WITHIN)) {
            return false;
          }
          throw failure(child);
        }
      }
      if (left.isEmpty()) {
        return true;
      }
      noteEnds(left);
      if (isStreamOver(left) && System.nanoTime() - lastEndNs > patience.toNanos()) {
        throw stuck(left.get(0));
      }
    }
    return false;
  }

  private void noteEnds(List<? extends Child> left) {
    int now = stage.children().size() - left.size();
    if (now > ended) {
      ended = now;
      lastEndNs = System.nanoTime();
    }
  }

  /** One of those that there is only one of has ended, or the last worker has. */
  private boolean isStreamOver(List<? extends Child> left) {
    return workers(left) < Math.min(1, workers(stage.children()))
        || left.size() - workers(left) < stage.children().size() - workers(stage.children());
  }

  private static long workers(List<? extends Child> children) {
    return children.stream().filter(child -> child.member().isWorker()).count();
  }

  private static boolean hasFailed(Child child) {
    return child.exitCode() != ExitCode.DONE && child.exitCode() != ExitCode.FRAMES_MISSING;
  }

  private ProgramException failure(Child child) {
    String line = child.lastLine().replaceFirst("^frameline: ", "");
    if (line.contains("address is in use")) {
      line += "; " + whenAPortIsTaken;
    }
    return ProgramException.failed(
        child.member().name()
            + " ended with exit code "
            + child.exitCode()
            + (line.isEmpty() ? " and wrote nothing" : ": " + line),
        null);
  }

  private ProgramException stuck(Child child) {
    return ProgramException.failed(
        child.member().name()
            + " was still running "
            + patience.toSeconds()
            + " s after the others had ended, and was stopped; it said: "
            + child.lastLine(),
        null);
  }

  private void endAll() {
    List<? extends Child> left = stage.children().stream().filter(c -> !c.hasEnded()).toList();
    left.forEach(Child::ask);
    if (!allEndWithin(left, END_WITHIN)) {
      left.stream().filter(child -> !child.hasEnded()).forEach(Child::kill);
      allEndWithin(left, KILLED_WITHIN);
    }
  }

  private static boolean allEndWithin(List<? extends Child> children, Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    while (!children.stream().allMatch(Child::hasEnded)) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos() / 5);
    }
    return true;
  }
}
