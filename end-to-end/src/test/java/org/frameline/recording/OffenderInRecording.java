package org.frameline.recording;

import org.frameline.program.StopSignal;
import org.frameline.recording.write.RecordingTimings;
import org.zeromq.SocketType;

/** Breaks the rules that files know nothing of programs and sockets, and the order of packages. */
public final class OffenderInRecording {
  private OffenderInRecording() {}

  /** What it must not know. */
  public static Object wrong() {
    return new StopSignal().getAsBoolean() ? SocketType.PUB : null;
  }

  /** What only packages above may use. */
  public static Object upwards() {
    return new RecordingTimings(null, null, null);
  }
}
