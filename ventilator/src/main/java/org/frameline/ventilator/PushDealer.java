package org.frameline.ventilator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.socket.Connections;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;

/**
 * PUSH/PULL: ZeroMQ gives each frame to the next worker whose queue has room. Nobody knows which
 * worker has which frame, so when a connection ends all frames are in doubt for a moment, and
 * references travel only while every worker can read the ring. Not thread-safe.
 */
final class PushDealer implements Dealer {
  /** Enough to keep a worker busy while the next task travels; more would starve the others. */
  private static final int QUEUED_PER_WORKER = 1;

  /** References in one message; what a worker has of them is kept from others. */
  private static final int MOST_TOGETHER = 4;

  /** The workers that are ready, if all of them can read a ring of ours. */
  interface Readers {
    /** How many there are; 0 when not all can. */
    int count();

    /** How many frames they can hold between them. */
    long room();

    /** How many references in one message all of them take. */
    long together();
  }

  private static final Duration LINGER = Duration.ofMillis(200);

  private final Sockets sockets;
  private final MessageSocket socket;
  private final Connections workers = new Connections();
  private final Outstanding outstanding;
  private final Readers readers;
  private long lost;

  /**
   * Binds.
   *
   * @param wanted whether there is a frame to deal out
   * @param dealOne deals one out; false when there was no room after all
   * @param readers what the sink says of those who can read a ring of ours
   */
  PushDealer(
      Sockets sockets,
      PollLoop loop,
      Endpoint endpoint,
      Outstanding outstanding,
      BooleanSupplier wanted,
      PollLoop.Handler dealOne,
      Readers readers) {
    this.sockets = sockets;
    this.readers = readers;
    this.outstanding = outstanding;
    socket = sockets.bindPush(endpoint, "--bind", QUEUED_PER_WORKER, workers);
    socket.waitForRoom(Duration.ZERO);
    loop.onRoomWhile(socket, () -> wanted.getAsBoolean() && !isFull(), dealOne);
  }

  @Override
  public int mostTogether() {
    return ringIsRead() ? (int) Math.min(MOST_TOGETHER, readers.together()) : 1;
  }

  @Override
  public String deal(List<Task> tasks) {
    boolean sent;
    if (isFull()) {
      return null;
    }
    HeldFrame first = tasks.get(0).message();
    if (first.isInRing() && ringIsRead()) {
      sent =
          socket.send(
              StreamMessage.References.of(
                  tasks.stream().map(task -> task.message().reference()).toList()));
    } else {
      sent = socket.hasRoom() && socket.forward(first.parts());
    }
    return sent ? "" : null;
  }

  /** One who has just come may not have told the sink yet what it can read. */
  @Override
  public boolean ringIsRead() {
    int count = readers.count();
    return count > 0 && workers.accepted() <= count;
  }

  /**
   * References are so small that hundreds would be on their way to one worker, where no other could
   * take them. So workers say how many frames they can hold.
   */
  private boolean isFull() {
    return ringIsRead() && outstanding.underWay() >= readers.room();
  }

  @Override
  public void tick(long nowNs) {
    long now = workers.lost();
    if (now > lost) {
      lost = now;
      outstanding.doubt(task -> true, nowNs);
    }
  }

  /** One end each: all queues are empty now, so PUSH deals them out evenly. */
  @Override
  public void sendHome(Set<String> staying, StreamMessage.SeriesEnd end) {
    staying.forEach(worker -> socket.send(end));
  }

  @Override
  public void close() {
    sockets.close(socket, LINGER);
  }
}
