package org.frameline.endtoend;

import java.nio.file.Path;
import org.frameline.testing.Checkout;
import org.frameline.testing.Program;
import org.frameline.testing.Python;

/** The scripts in src/test/python, which judge what the programs made. No state. */
final class Judges {
  private Judges() {}

  /** Starts a script in a folder. */
  static Program start(Path folder, String script, String... arguments) {
    Path file = Checkout.file("end-to-end/src/test/python").resolve(script);
    return Python.startScript(folder, file, (Object[]) arguments);
  }
}
