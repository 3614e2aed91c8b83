package org.frameline.publisher.source;

/** A source cannot be opened or read. The message is one line that says what to do about it. */
public final class SourceException extends Exception {

  SourceException(String message) {
    super(message);
  }

  SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
