package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.frameline.testing.Checkout;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of {@code benchmarks/soak.py}; CONTRIBUTING.md has the long one. */
class SoakIT {
  @TempDir private Path directory;

  @Test
  void theLedgersCloseWhileWorkersAreKilledAndTheRecorderIsStopped() {
    try (Program soak =
        Python.startScript(
            directory,
            Checkout.file("benchmarks/soak.py"),
            "--seconds",
            "25",
            "--kill-every",
            "7",
            "--stop-every",
            "10",
            "--stop-for",
            "4",
            "--strict",
            "--picture",
            "soak.svg")) {
      int code = soak.awaitExit();
      assertThat(code).as(soak.output()).isZero();
      assertThat(soak.output()).contains("ledger closed", "3 workers killed");
      System.out.println(soak.output());
    }
    assertThat(directory.resolve("soak.svg")).content().contains("</svg>", "resident memory");
  }
}
