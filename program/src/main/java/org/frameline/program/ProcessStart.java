package org.frameline.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells a process from a later one with the same number. On Linux by the clock ticks from the boot
 * to its start, which stay the same when the clock is set; elsewhere by the time it started. No
 * state.
 */
final class ProcessStart {
  /** The 22nd field of /proc/PID/stat, counted from the one after the name; see proc(5). */
  private static final int START_TIME_AFTER_NAME = 19;

  private ProcessStart() {}

  /** When a process started, in a text that only this class understands; empty when it is gone. */
  static Optional<String> of(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return Optional.empty();
    }
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      String line = Files.readString(stat);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of("ticks " + fields[START_TIME_AFTER_NAME]);
    } catch (IOException | IndexOutOfBoundsException e) {
      return process.get().info().startInstant().map(Instant::toString).or(() -> Optional.of(""));
    }
  }
}
