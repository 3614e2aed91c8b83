package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.frameline.protocol.PixelFormat;
import org.frameline.testing.Program;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every pixel format there is goes through everything that handles frames: published, recorded,
 * transformed, sent again, exported. Judged by h5py, numpy and OpenCV.
 */
class PixelFormatsIT {
  private static final String FRAMES = "6";

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void goesThroughAllPrograms(PixelFormat format) {
    run(
        new Pipeline(directory)
            .sink("--out", "spectra.h5")
            .transform(1, "--output", "complex")
            .recorder()
            .publisher(
                2,
                "--source",
                "synthetic:ramp",
                "--format",
                format.pfncName(),
                "--size",
                "64x48",
                "--frames",
                FRAMES,
                "--fps",
                "max",
                "--lossless"));
    run(
        new Pipeline(directory)
            .recorderTo("copy.h5")
            .publisher(1, "--source", "hdf5:recording.h5", "--fps", "max", "--lossless"));
    frameline("verify", "copy.h5");
    frameline("export", "recording.h5", "--frame", "3", "--out", "frame.png");
    frameline("export", "recording.h5", "--out", "frames.mp4");
    frameline("spectrum", "recording.h5", "--out", "spectrum.h5");
    try (Program judge =
        Judges.start(
            directory,
            "check_format.py",
            "recording.h5",
            "copy.h5",
            "spectra.h5",
            "frame.png",
            "frames.mp4",
            format.pfncName(),
            Integer.toString(format.significantBits()),
            FRAMES)) {
      assertThat(judge.awaitExit()).as(judge.output()).isZero();
    }
  }

  private static void run(Pipeline pipeline) {
    try (Pipeline started = pipeline.start()) {
      assertThat(started.awaitExits().values()).as(started.output()).containsOnly(0);
    }
  }

  private void frameline(String... arguments) {
    try (Program program = Program.frameline(directory, arguments)) {
      assertThat(program.awaitExit()).as(program.output()).isZero();
    }
  }
}
