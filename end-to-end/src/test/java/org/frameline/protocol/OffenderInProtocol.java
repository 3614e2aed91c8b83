package org.frameline.protocol;

import org.frameline.recording.Compression;

/** Breaks the rule that the wire knows nothing of files. */
public final class OffenderInProtocol {
  private OffenderInProtocol() {}

  /** What it must not know. */
  public static Compression wrong() {
    return Compression.NONE;
  }
}
