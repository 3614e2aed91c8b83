package org.frameline.transfer;

/** A file that cannot be given; says why, for the one who asked. */
final class NotServedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, as a word on the wire. */
  enum Reason {
    /** There is no such file, or none that is served. */
    GONE("gone"),
    /** The file is another one by now, or has another content. */
    CHANGED("changed"),
    /** Reading it failed. */
    UNREADABLE("unreadable");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  private final Reason reason;

  NotServedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  NotServedException(Reason reason, String message) {
    this(reason, message, null);
  }

  Reason reason() {
    return reason;
  }
}
