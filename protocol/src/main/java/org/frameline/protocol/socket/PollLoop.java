package org.frameline.protocol.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.zeromq.ZMQ;

/**
 * Polls the sockets of one thread until it is told to stop, never waiting longer than {@value
 * #LONGEST_WAIT_MS} ms, so that a stop is seen at once. Not thread-safe: made, run and finished on
 * the thread that owns the sockets.
 */
public final class PollLoop implements AutoCloseable {
  public static final int LONGEST_WAIT_MS = 100;

  /** After this many messages from one socket the others get their turn. */
  private static final int MESSAGES_IN_A_ROW = 32;

  /** Takes one message if there is one. */
  @FunctionalInterface
  public interface Handler {
    /** Returns false when the socket had nothing. */
    boolean takeOne();
  }

  private record Input(int index, Handler handler) {}

  private static final class Timer {
    private final long periodNs;
    private final Runnable action;
    private long dueNs;

    Timer(long periodNs, Runnable action) {
      this.periodNs = periodNs;
      this.action = action;
      this.dueNs = System.nanoTime();
    }
  }

  private final ZMQ.Poller poller;
  private final BooleanSupplier stop;
  private final List<Input> inputs = new ArrayList<>();
  private final List<Timer> timers = new ArrayList<>();
  private boolean finished;

  public PollLoop(Sockets sockets, BooleanSupplier stop) {
    this.poller = sockets.poller(4);
    this.stop = stop;
  }

  /** Calls the handler while the socket has messages. */
  public void onMessage(ZMQ.Socket socket, Handler handler) {
    inputs.add(new Input(poller.register(socket, ZMQ.Poller.POLLIN), handler));
  }

  /** Calls the action at once and then with this period. */
  public void every(Duration period, Runnable action) {
    timers.add(new Timer(period.toNanos(), action));
  }

  /** Ends {@link #run} after the current handler. */
  public void finish() {
    finished = true;
  }

  /** Runs until {@link #finish} or the stop flag. */
  public void run() {
    while (!finished && !stop.getAsBoolean()) {
      poller.poll(runTimers());
      for (Input input : inputs) {
        if (poller.pollin(input.index())) {
          drain(input.handler());
        }
      }
    }
  }

  private void drain(Handler handler) {
    for (int i = 0; i < MESSAGES_IN_A_ROW && !finished; i++) {
      if (!handler.takeOne()) {
        return;
      }
    }
  }

  /** Runs what is due; returns the milliseconds until the next timer. */
  private long runTimers() {
    long waitNs = Duration.ofMillis(LONGEST_WAIT_MS).toNanos();
    for (Timer timer : timers) {
      long now = System.nanoTime();
      if (now - timer.dueNs >= 0) {
        timer.action.run();
        timer.dueNs = now + timer.periodNs;
      }
      waitNs = Math.min(waitNs, timer.dueNs - now);
    }
    return finished ? 0 : Math.max(1, waitNs / 1_000_000);
  }

  @Override
  public void close() {
    poller.close();
  }
}
