package org.frameline.analysis.export;

import org.frameline.analysis.Commands;
import org.frameline.program.StopSignal;

/** Runs {@code frameline export}. Without state. */
final class Exports {
  private Exports() {}

  static Commands.Ending export(Object... args) {
    return export(new StopSignal(), args);
  }

  static Commands.Ending export(StopSignal stop, Object... args) {
    return Commands.run(new ExportCommand(stop), args);
  }
}
