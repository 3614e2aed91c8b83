package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.frameline.testing.Checkout;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ctrl-C pressed on a terminal while the progress bar is there. A pipe cannot stand for a terminal
 * here: a library that draws may take the signal for itself.
 */
class TerminalIT {
  private static final String FRAMELINE = Checkout.file("scripts/frameline").toString();

  /** Takes long to compress, so that a copy is not done before the key is pressed. */
  private static final String[] NOISE = {
    "--source",
    "synthetic:noise",
    "--format",
    "Mono8",
    "--frames",
    "600",
    "--fps",
    "max",
    "--lossless"
  };

  @TempDir private Path directory;

  @Test
  void endsEveryProgramOfThePipelineInOrder() {
    assertSucceeds("ctrl_c_live.py", FRAMELINE);
  }

  @Test
  void endsEveryProgramThatWorksOnFilesInOrder() {
    try (Pipeline pipeline = new Pipeline(directory).recorder().publisher(1, NOISE).start()) {
      assertThat(pipeline.awaitExits().values()).as(pipeline.output()).containsOnly(0);
    }
    assertSucceeds("ctrl_c_offline.py", FRAMELINE, "recording.h5");
  }

  private void assertSucceeds(String script, String... arguments) {
    try (Program judge =
        Python.startScript(
            directory,
            Checkout.file("end-to-end/src/test/python").resolve(script),
            (Object[]) arguments)) {
      assertThat(judge.awaitExit()).as(judge.output()).isZero();
    }
  }
}
