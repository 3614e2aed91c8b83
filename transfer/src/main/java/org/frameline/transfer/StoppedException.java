package org.frameline.transfer;

/** The user has stopped the command while it waited for an answer. */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
