package org.frameline.ventilator;

/**
 * One frame between the publisher and the sink's acknowledgement. Belongs to {@link Outstanding},
 * which alone changes it.
 */
final class Task {
  private final String stream;
  private final long frame;
  private final HeldFrame message;
  private final long bytes;

  /** Position in the order in which frames came, over all streams. */
  final long position;

  /** How often it was dealt out. */
  int deals;

  /** When it was dealt out first and last, monotonic nanoseconds. */
  long firstDealtNs;

  long dealtNs;

  /** To whom, as far as the way of dealing knows. */
  String holder = "";

  /** Whether the sink has it, though perhaps not for good. */
  boolean isReceived;

  /** Whether whoever has it is perhaps gone, and since when. */
  boolean isDoubted;

  long doubtedNs;

  /**
   * A task that waits to be dealt out.
   *
   * @param message what is dealt out; released with the task
   */
  Task(String stream, long frame, HeldFrame message, long position) {
    this.stream = stream;
    this.frame = frame;
    this.message = message;
    this.bytes = message.bytes();
    this.position = position;
  }

  String stream() {
    return stream;
  }

  long frame() {
    return frame;
  }

  HeldFrame message() {
    return message;
  }

  /** Bytes of the heap that it takes. */
  long bytes() {
    return bytes;
  }

  String holder() {
    return holder;
  }
}
