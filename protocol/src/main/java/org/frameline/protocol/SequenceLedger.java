package org.frameline.protocol;

/**
 * What a consumer that receives a stream in order has seen of it: PUB/SUB keeps the order, so a
 * jump is a gap. A new stream begins a new count. Not thread-safe.
 */
public final class SequenceLedger {
  /** What a frame number means for the one who received it. */
  public enum Arrival {
    /** The first frame seen of a stream. */
    NEW_STREAM,
    /** The next, or one after a gap; {@link #gap} tells. */
    IN_ORDER,
    /** A number that was seen, or passed over, before. */
    REPEATED
  }

  private String stream;
  private long first;
  private long next;
  private String expectedStream;
  private long expectedFirst;
  private long received;
  private long missing;
  private long repeated;
  private FrameSet.Run gap;

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
    gap = null;
    boolean isNew = isNewStream(frameStream);
    if (isNew) {
      begin(frameStream, frame);
    } else if (frame < next) {
      repeated++;
      return Arrival.REPEATED;
    }
    skipTo(frame);
    next = frame + 1;
    received++;
    return isNew ? Arrival.NEW_STREAM : Arrival.IN_ORDER;
  }

  /**
   * The stream ended: what was not seen before its end is missing.
   *
   * @param frames how many were published
   */
  public void end(String endedStream, long frames) {
    gap = null;
    if (isNewStream(endedStream)) {
      if (!endedStream.equals(expectedStream)) {
        return;
      }
      begin(endedStream, frames);
    }
    skipTo(frames);
    next = Math.max(next, frames);
  }

  private void begin(String newStream, long frame) {
    first = newStream.equals(expectedStream) ? Math.min(expectedFirst, frame) : frame;
    next = first;
    stream = newStream;
    expectedStream = null;
  }

  private void skipTo(long frame) {
    if (frame > next) {
      gap = new FrameSet.Run(next, frame - next);
      missing += gap.count();
    }
  }

  /** What the last call found missing, or null. */
  public FrameSet.Run gap() {
    return gap;
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
