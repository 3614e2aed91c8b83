package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of {@code benchmarks/soak.py}; CONTRIBUTING.md has the long one. */
class SoakIT {
  @TempDir private Path directory;

  @Test
  void theLedgersCloseWhileWorkersAreKilledAndTheRecorderIsStopped() {
    try (Program soak =
        Program.command(
            directory,
            "/usr/bin/python3",
            Program.ROOT.resolve("benchmarks/soak.py").toString(),
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
