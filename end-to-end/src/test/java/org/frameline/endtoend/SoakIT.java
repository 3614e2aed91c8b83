package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.frameline.testing.Checkout;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of {@code benchmarks/soak.py}; CONTRIBUTING.md has the long one. */
@Tag("alone")
class SoakIT {
  private static final int SECONDS = Integer.getInteger("frameline.soak.seconds", 25);
  private static final int KILL_EVERY_S = 7;
  private static final Pattern KILLED = Pattern.compile("(\\d+) workers killed");

  @TempDir private Path directory;

  @Test
  void theLedgersCloseWhileWorkersAreKilledAndTheRecorderIsStopped() {
    try (Program soak =
        Python.startScript(
            directory,
            Checkout.file("benchmarks/soak.py"),
            "--seconds",
            SECONDS,
            "--kill-every",
            KILL_EVERY_S,
            "--stop-every",
            "10",
            "--stop-for",
            "4",
            "--strict",
            "--picture",
            "soak.svg")) {
      int code = soak.awaitExit(Program.PATIENCE.plusSeconds(SECONDS));
      assertThat(code).as(soak.output()).isZero();
      assertThat(soak.output()).contains("ledger closed");
      Matcher killed = KILLED.matcher(soak.output());
      assertThat(killed.find()).as(soak.output()).isTrue();
      // The last one may fall behind the end.
      assertThat(Integer.parseInt(killed.group(1)))
          .isBetween((SECONDS - 4) / KILL_EVERY_S, SECONDS / KILL_EVERY_S);
      System.out.println(soak.output());
    }
    assertThat(directory.resolve("soak.svg")).content().contains("</svg>", "resident memory");
  }
}
