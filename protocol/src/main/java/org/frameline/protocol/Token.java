package org.frameline.protocol;

import java.util.UUID;

/**
 * A text that nobody can guess, made up by whoever speaks under a name. It goes with all that is
 * said under that name, so that the receiver takes nothing of it from others, whatever connection
 * it comes by. Whoever sends none is not protected. Without state.
 */
public final class Token {
  /** Its key in questions, notices and requests. */
  public static final String KEY = "token";

  /** Stands for no token. */
  public static final String NONE = "";

  private static final int LONGEST = 100;

  private Token() {}

  /** A new one, of 122 random bits. */
  public static String create() {
    return UUID.randomUUID().toString();
  }

  /**
   * The token in a message.
   *
   * @param value what is there under {@link #KEY}; may be null
   * @return {@link #NONE} when there is none, or one that is too long
   */
  public static String of(Object value) {
    return value instanceof String text && text.length() <= LONGEST ? text : NONE;
  }

  /** The token in a question. */
  public static String in(ControlMessage question) {
    return of(question.fields().get(KEY));
  }
}
