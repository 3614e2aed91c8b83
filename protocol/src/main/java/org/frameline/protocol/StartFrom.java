package org.frameline.protocol;

/**
 * With which frame of a running stream a subscriber begins. Immutable.
 *
 * @param frame the frame, or {@link #NOW_VALUE} or {@link #FIRST_VALUE}
 * @param stream the stream that the frame belongs to, empty for any; of another one a subscriber
 *     begins with the next
 */
public record StartFrom(long frame, String stream) {
  private static final long NOW_VALUE = -1;
  private static final long FIRST_VALUE = -2;

  /** With the next frame that is published once the subscription stands. */
  public static final StartFrom NOW = new StartFrom(NOW_VALUE, "");

  /** With the oldest frame that the history will hold until it is fetched. */
  public static final StartFrom FIRST = new StartFrom(FIRST_VALUE, "");

  /**
   * Reads {@code first}, {@code now} or a frame number.
   *
   * @throws IllegalArgumentException with what was expected and found
   */
  public static StartFrom parse(String text) {
    if (text.equals("now")) {
      return NOW;
    }
    if (text.equals("first")) {
      return FIRST;
    }
    try {
      long frame = Long.parseLong(text);
      if (frame >= 0 && frame <= FrameHeader.MAX_FRAME) {
        return new StartFrom(frame, "");
      }
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "expected first, now or a frame number, found \"" + text + "\"");
  }

  /** Whether it says something about this stream. */
  public boolean isFor(String name) {
    return stream.isEmpty() || stream.equals(name);
  }

  public boolean isNow() {
    return frame == NOW_VALUE;
  }

  public boolean isFirst() {
    return frame == FIRST_VALUE;
  }
}
