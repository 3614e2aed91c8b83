package org.frameline.ventilator;

/**
 * How many frames went to the workers and how many of them the sink has. Pure logic, not
 * thread-safe.
 */
final class Dispatch {
  private final int window;
  private String sinkRun;
  private long dispatched;
  private long delivered;
  private long writtenOff;
  private long receivedBySink;

  Dispatch(int window) {
    this.window = window;
  }

  /** A frame went out. */
  void dispatched() {
    dispatched++;
  }

  /**
   * What the sink says. The first sink may have frames of a ventilator before us, which do not
   * count. A sink that was restarted counts anew; what the old one had not told is gone with it,
   * unless a worker still held it and brings it to the new one.
   *
   * @param run names one run of one sink
   * @param received how many different frames it has from us
   * @return whether that is more than before
   */
  boolean sinkReceived(String run, long received) {
    if (!run.equals(sinkRun)) {
      boolean isFirst = sinkRun == null;
      sinkRun = run;
      if (isFirst && dispatched == 0) {
        receivedBySink = received;
        return false;
      }
      writtenOff = dispatched - delivered;
      receivedBySink = 0;
    }
    long more = received - receivedBySink;
    if (more <= 0) {
      return false;
    }
    receivedBySink = received;
    delivered += more;
    // A frame that was given up and came all the same is not under way twice.
    writtenOff = Math.min(writtenOff, dispatched - delivered);
    return true;
  }

  /** What is under way now will not arrive: its worker is gone. */
  void writeOff() {
    writtenOff += inFlight();
  }

  /** Frames that are with workers, or were when their worker went. */
  long inFlight() {
    return dispatched - delivered - writtenOff;
  }

  boolean windowHasRoom() {
    return inFlight() < window;
  }

  /** Whether the sink should be asked how far it is. */
  boolean windowHalfFull() {
    return 2 * inFlight() >= window;
  }

  long total() {
    return dispatched;
  }

  /** Frames that the sink never told to have. */
  long undelivered() {
    return dispatched - delivered;
  }
}
