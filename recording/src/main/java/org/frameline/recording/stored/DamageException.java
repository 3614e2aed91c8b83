package org.frameline.recording.stored;

import java.io.IOException;

/** Something in a file is not as it must be; the message is one line. */
public final class DamageException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long address;

  /**
   * Damage at a place.
   *
   * @param address where in the file, in bytes
   * @param message what was expected and what was found
   */
  public DamageException(long address, String message) {
    super(message);
    this.address = address;
  }

  public long address() {
    return address;
  }
}
