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

  private static final int NOT_POLLED = -1;

  /** Takes one message if there is one. */
  @FunctionalInterface
  public interface Handler {
    /** Returns false when the socket had nothing. */
    boolean takeOne();
  }

  private static final class Input {
    private final ZMQ.Socket socket;
    private final int events;
    private final BooleanSupplier wanted;
    private final Handler handler;
    private boolean isWanted;
    private int index = NOT_POLLED;

    Input(MessageSocket socket, int events, BooleanSupplier wanted, Handler handler) {
      this.socket = socket.socket();
      this.events = events;
      this.wanted = wanted;
      this.handler = handler;
    }
  }

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

  private record Work(BooleanSupplier due, Runnable action) {}

  private final ZMQ.Poller poller;
  private final BooleanSupplier stop;
  private final List<Input> inputs = new ArrayList<>();
  private final List<Timer> timers = new ArrayList<>();
  private final List<Work> works = new ArrayList<>();
  private boolean finished;
  private boolean renumber;

  public PollLoop(Sockets sockets, BooleanSupplier stop) {
    this.poller = sockets.poller(4);
    this.stop = stop;
  }

  /** Calls the handler while the socket has messages. */
  public void onMessage(MessageSocket socket, Handler handler) {
    onMessageWhile(socket, () -> true, handler);
  }

  /**
   * Calls the handler while the socket has messages and they are wanted; until then they stay in
   * the socket's queue.
   */
  public void onMessageWhile(MessageSocket socket, BooleanSupplier wanted, Handler handler) {
    inputs.add(new Input(socket, ZMQ.Poller.POLLIN, wanted, handler));
  }

  /**
   * Calls the handler when the socket has room for a message and there is one to send; the handler
   * returns false when it found no room after all.
   */
  public void onRoomWhile(MessageSocket socket, BooleanSupplier wanted, Handler handler) {
    inputs.add(new Input(socket, ZMQ.Poller.POLLOUT, wanted, handler));
  }

  /** Polls this socket no more; to be called before it is closed while the loop goes on. */
  public void forget(MessageSocket socket) {
    inputs.removeIf(input -> input.socket == socket.socket());
    poller.unregister(socket.socket());
    renumber = true;
  }

  /** Calls the action at once and then with this period. */
  public void every(Duration period, Runnable action) {
    timers.add(new Timer(period.toNanos(), action));
  }

  /** Calls the action in every turn in which it is due, between the messages that arrive. */
  public void whenever(BooleanSupplier due, Runnable action) {
    works.add(new Work(due, action));
  }

  /** Ends {@link #run} after the current handler. */
  public void finish() {
    finished = true;
  }

  /** Runs until {@link #finish} or the stop flag, after either no longer than one handler does. */
  public void run() {
    while (!finished && !stop.getAsBoolean()) {
      long waitMs = runTimers();
      boolean worked = work();
      updateInterest();
      poller.poll(worked ? 0 : waitMs);
      // By number, because a handler may register a further socket.
      for (int i = 0; i < inputs.size(); i++) {
        Input input = inputs.get(i);
        if (input.index != NOT_POLLED
            && (poller.pollin(input.index) || poller.pollout(input.index))) {
          drain(input);
        }
      }
    }
  }

  private boolean work() {
    boolean worked = false;
    // By number, because an action may add some.
    for (int i = 0; i < works.size() && !finished; i++) {
      if (works.get(i).due().getAsBoolean()) {
        works.get(i).action().run();
        worked = true;
      }
    }
    return worked;
  }

  /** Numbers its sockets anew when any comes or goes, since the poller shifts them then. */
  private void updateInterest() {
    boolean changed = renumber;
    renumber = false;
    for (Input input : inputs) {
      boolean wanted = input.wanted.getAsBoolean();
      changed |= wanted != (input.index != NOT_POLLED);
      input.isWanted = wanted;
    }
    if (!changed) {
      return;
    }
    inputs.forEach(input -> poller.unregister(input.socket));
    for (Input input : inputs) {
      input.index = input.isWanted ? poller.register(input.socket, input.events) : NOT_POLLED;
    }
  }

  private void drain(Input input) {
    int taken = 0;
    while (taken < MESSAGES_IN_A_ROW
        && !finished
        && !stop.getAsBoolean()
        && input.wanted.getAsBoolean()
        && input.handler.takeOne()) {
      taken++;
    }
  }

  /** Runs what is due; returns the milliseconds until the next timer. */
  private long runTimers() {
    long waitNs = Duration.ofMillis(LONGEST_WAIT_MS).toNanos();
    // By number, because an action may add a timer.
    for (int i = 0; i < timers.size(); i++) {
      Timer timer = timers.get(i);
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
