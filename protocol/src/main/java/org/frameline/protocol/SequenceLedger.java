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

  /** Counts a frame. */
  public Arrival observe(String frameStream, long frame) {
    boolean isNew = isNewStream(frameStream);
    if (isNew) {
      begin(frameStream, frame);
    } else if (frame < next) {
      repeated++;
      return new Arrival(Arrival.Kind.REPEATED, Optional.empty());
    }
    Optional<FrameSet.Run> gap = skipTo(frame);
    next = frame + 1;
    received++;
    return new Arrival(isNew ? Arrival.Kind.NEW_STREAM : Arrival.Kind.IN_ORDER, gap);
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
    Optional<FrameSet.Run> gap = skipTo(frames);
    next = Math.max(next, frames);
    return gap;
  }

  private void begin(String newStream, long frame) {
    first = newStream.equals(expectedStream) ? Math.min(expectedFirst, frame) : frame;
    next = first;
    stream = newStream;
    expectedStream = null;
  }

  private Optional<FrameSet.Run> skipTo(long frame) {
    if (frame <= next) {
      return Optional.empty();
    }
    FrameSet.Run gap = new FrameSet.Run(next, frame - next);
    missing += gap.count();
    return Optional.of(gap);
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
