package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.frameline.testing.Program;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What silx and h5web show of our files when they open them. */
class ViewersIT {
  private static final int FRAMES = 4;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "RGB8, none, complex, colour, log",
    "Mono8, gzip, log-magnitude, image, linear",
    "Mono16, none, power, image, log"
  })
  void picturesAndSpectraAreShownAsPictures(
      String format, String compression, String output, String kind, String scale) {
    boolean colour = format.equals("RGB8");
    try (Pipeline pipeline =
        new Pipeline(folder)
            .sink("--out", "spectra.h5")
            .transform(1, "--output", output)
            .recorder("--compression", compression)
            .publisher(
                2,
                "--source",
                "synthetic:fringes",
                "--size",
                "96x64",
                "--fps",
                "50",
                "--lossless",
                "--frames",
                "" + FRAMES,
                "--format",
                format)
            .start()) {
      assertThat(pipeline.awaitExits().values()).as(pipeline.output()).containsOnly(0);
    }
    shown("recording.h5", FRAMES + "x64x96" + (colour ? "x3" : ""), kind, "linear");
    shown("spectra.h5", FRAMES + (colour ? "x3" : "") + "x64x49", "image", scale);

    try (Program spectrum =
        Program.frameline(folder, "spectrum", "recording.h5", "--out", "spectrum.h5")) {
      assertThat(spectrum.awaitExit()).as(spectrum.output()).isZero();
    }
    shown(
        "spectrum.h5", "64x49", "image", "log", "frequency down a column", "frequency along a row");
  }

  private void shown(String file, String... expected) {
    List<String> arguments = new ArrayList<>(List.of(file));
    arguments.addAll(List.of(expected));
    try (Program judge =
        Judges.start(folder, "check_viewers.py", arguments.toArray(String[]::new))) {
      assertThat(judge.awaitExit()).as(judge.output()).isZero();
    }
  }
}
