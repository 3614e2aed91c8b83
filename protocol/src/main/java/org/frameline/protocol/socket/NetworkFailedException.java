package org.frameline.protocol.socket;

/** A thread that carries the messages of this process has ended; the message is one line. */
public final class NetworkFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NetworkFailedException(Throwable cause) {
    super("nothing can be sent or received any more: " + cause, cause);
  }
}
