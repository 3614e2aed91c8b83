package org.frameline.protocol;

import java.util.Optional;

/**
 * What a consumer that receives a stream in order has seen of it: PUB/SUB keeps the order, so a
 * jump is a gap. A new stream begins a new count. Not thread-safe.
 */
public final class SequenceLedger {
  /**
   * What a frame number means for the one who received it.
   *
   * @param gap what is missing before it
   */
  public record Arrival(Kind kind, Optional<FrameSet.Run> gap) {
    /** How a frame comes. */
    public enum Kind {
      /** The first frame seen of a stream. */
      NEW_STREAM,
      /** The next, or one after a gap. */
      IN_ORDER,
      /** A number that was seen, or passed over, before. */
      REPEATED
    }

    /** Whether there is nothing to do with it. */
    public boolean isRepeated() {
      return kind == Kind.REPEATED;
    }
  }

  private String stream;
  private long first;
  private long next;
  private String expectedStream;
  private long expectedFirst;
  private long received;
  private long missing;
  private long repeated;

  /**
   * Says from where on the consumer wants a stream that it has received nothing of yet, so that a
   * gap before the first frame is seen too.
   */
  public void expectFrom(String announcedStream, long firstFrame) {
    if (isNewStream(announcedStream) && !announcedStream.equals(expectedStream)) {
      expectedStream = announcedStream;
      expectedFirst = firstFrame;
    }
  }

  /** Whether the stream differs from the one being counted. */
  public boolean isNewStream(String other) {
    return !other.equals(stream);
  }

  /** What a frame is when it is counted next; nothing is counted yet. */
  public Arrival expect(String frameStream, long frame) {
    if (isNewStream(frameStream)) {
      return new Arrival(Arrival.Kind.NEW_STREAM, gap(firstOf(frameStream, frame), frame));
    }
    return frame < next
        ? new Arrival(Arrival.Kind.REPEATED, Optional.empty())
        : new Arrival(Arrival.Kind.IN_ORDER, gap(next, frame));
  }

  /** Counts a frame. */
  public Arrival observe(String frameStream, long frame) {
    Arrival arrival = expect(frameStream, frame);
    if (arrival.isRepeated()) {
      repeated++;
      return arrival;
    }
    if (isNewStream(frameStream)) {
      begin(frameStream, frame);
    }
    arrival.gap().ifPresent(run -> missing += run.count());
    next = frame + 1;
    received++;
    return arrival;
  }

  /**
   * The stream ended: what was not seen before its end is missing.
   *
   * @param frames how many were published
   * @return what is missing at its end
   */
  public Optional<FrameSet.Run> end(String endedStream, long frames) {
    if (isNewStream(endedStream)) {
      if (!endedStream.equals(expectedStream)) {
        return Optional.empty();
      }
      begin(endedStream, frames);
    }
    Optional<FrameSet.Run> gap = gap(next, frames);
    gap.ifPresent(run -> missing += run.count());
    next = Math.max(next, frames);
    return gap;
  }

  private void begin(String newStream, long frame) {
    first = firstOf(newStream, frame);
    next = first;
    stream = newStream;
    expectedStream = null;
  }

  /** The first frame that counts of a stream that begins with this one. */
  private long firstOf(String newStream, long frame) {
    return newStream.equals(expectedStream) ? Math.min(expectedFirst, frame) : frame;
  }

  private static Optional<FrameSet.Run> gap(long from, long to) {
    return from < to ? Optional.of(new FrameSet.Run(from, to - from)) : Optional.empty();
  }

  /** The stream being counted, or null before the first. */
  public String stream() {
    return stream;
  }

  /** The first frame that counts of that stream. */
  public long first() {
    return first;
  }

  public long received() {
    return received;
  }

  public long missing() {
    return missing;
  }

  public long repeated() {
    return repeated;
  }
}
