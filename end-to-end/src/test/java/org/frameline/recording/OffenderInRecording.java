package org.frameline.recording;

import org.frameline.program.StopSignal;
import org.zeromq.SocketType;

/** Breaks the rules that files know nothing of programs and sockets. */
public final class OffenderInRecording {
  private OffenderInRecording() {}

  /** What it must not know. */
  public static Object wrong() {
    return new StopSignal().getAsBoolean() ? SocketType.PUB : null;
  }
}
