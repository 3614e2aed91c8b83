package org.frameline.protocol.socket;

/** An endpoint cannot be bound or connected; the message is one line that says what to do. */
public final class EndpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EndpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
