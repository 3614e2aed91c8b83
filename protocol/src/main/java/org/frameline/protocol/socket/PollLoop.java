package org.frameline.protocol.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
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

  private static final class Input {
    private final ZMQ.Socket socket;
    private final int events;
    private final BooleanSupplier wanted;
    private final Handler handler;
    private boolean isWanted;
    private boolean isReady;

    Input(MessageSocket socket, int events, BooleanSupplier wanted, Handler handler) {
      this.socket = socket.socket();
      this.events = events;
      this.wanted = wanted;
      this.handler = handler;
    }

    /** Takes in what came for the socket, and asks it. */
    boolean look() {
      int found = isWanted ? socket.getEvents() : 0;
      // Below zero when the context ends, or the thread was interrupted.
      isReady = found > 0 && (found & events) != 0;
      return isReady;
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

  private final Sockets sockets;

  /** Has each socket registered once; those that are not wanted without interest. */
  private final Selector selector;

  private final BooleanSupplier stop;
  private final List<Input> inputs = new ArrayList<>();
  private final List<Timer> timers = new ArrayList<>();
  private final List<Work> works = new ArrayList<>();
  private boolean finished;

  public PollLoop(Sockets sockets, BooleanSupplier stop) {
    this.sockets = sockets;
    this.selector = sockets.selector();
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
    SelectionKey key = socket.socket().getFD().keyFor(selector);
    if (key != null) {
      key.cancel();
      // Only a selection lets go of it.
      select(0);
    }
  }

  /** Calls the action at once and then with this period. */
  public void every(Duration period, Runnable action) {
    timers.add(new Timer(period.toNanos(), action));
  }

  /** Calls the action in every turn in which it is due, between the messages that arrive. */
  public void whenever(BooleanSupplier due, Runnable action) {
    works.add(new Work(due, action));
  }

  /**
   * Ends the wait of the current turn, so that what another thread has done is seen at once. For
   * any thread.
   */
  public void wake() {
    selector.wakeup();
  }

  /** Ends {@link #run} after the current handler. */
  public void finish() {
    finished = true;
  }

  /** Runs until {@link #finish} or the stop flag, after either no longer than one handler does. */
  public void run() {
    while (!finished && !stop.getAsBoolean()) {
      sockets.requireAlive();
      long waitMs = runTimers();
      boolean worked = work();
      updateInterest();
      if (!look() && !worked) {
        select(waitMs);
        look();
      }
      // By number, because a handler may register a further socket.
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i).isReady) {
          drain(inputs.get(i));
        }
      }
    }
  }

  private boolean look() {
    boolean found = false;
    for (Input input : inputs) {
      found |= input.look();
    }
    return found;
  }

  /** Waits until something comes for a socket that is wanted; not at all with 0. */
  private void select(long waitMs) {
    try {
      if (waitMs == 0) {
        selector.selectNow();
      } else {
        selector.select(waitMs);
      }
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException e) {
      // The context has ended, which nobody does whose loop is not stopped.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  private void updateInterest() {
    boolean changed = false;
    for (Input input : inputs) {
      boolean wanted = input.wanted.getAsBoolean();
      changed |= wanted != input.isWanted;
      input.isWanted = wanted;
    }
    if (!changed) {
      return;
    }
    // Two inputs may share a socket.
    for (SelectionKey key : selector.keys()) {
      if (key.isValid()) {
        key.interestOps(0);
      }
    }
    for (Input input : inputs) {
      if (input.isWanted) {
        watch(input);
      }
    }
  }

  /** JeroMQ makes a socket's channel readable when there may be news, also about room. */
  private void watch(Input input) {
    try {
      input.socket.getFD().register(selector, SelectionKey.OP_READ);
    } catch (ClosedChannelException e) {
      throw new UncheckedIOException(e);
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
    sockets.close(selector);
  }
}
