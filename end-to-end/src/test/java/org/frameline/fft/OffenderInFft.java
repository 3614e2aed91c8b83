package org.frameline.fft;

import org.frameline.program.StopSignal;
import org.zeromq.SocketType;

/** Breaks the rules that the transform knows nothing of programs and sockets. */
public final class OffenderInFft {
  private OffenderInFft() {}

  /** What it must not know. */
  public static Object wrong() {
    return new StopSignal().getAsBoolean() ? SocketType.PUSH : null;
  }
}
