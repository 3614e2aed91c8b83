package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C and SIGTERM end every program in order within two seconds, whatever it is doing. */
class ShutdownIT {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void endsWhileEverybodyWaits(String signal) {
    try (Pipeline pipeline =
        new Pipeline(directory).sink().transform(1).recorder().publisher(3).start()) {
      pipeline.program("sink").awaitOutput("waiting for results on");
      pipeline.program("fft-1").awaitOutput("transforms tasks");
      pipeline.program("ventilate").awaitOutput("1 workers are ready");
      pipeline.program("record").awaitOutput("recording");
      pipeline.program("publish").awaitOutput("publishing");
      assertAllEnd(pipeline, signal);
    }
  }

  @Test
  void endsInTheMiddleOfAStreamAndKeepsTheRecording() {
    try (Pipeline pipeline =
        new Pipeline(directory)
            .sink("--out", "spectra.h5")
            .transform(1)
            .recorder()
            .publisher(2, "--size", "320x240", "--fps", "50")
            .start()) {
      pipeline.program("record").awaitOutput("recording: ");
      pipeline.program("record").terminate();
      assertThat(pipeline.program("record").awaitExit(LIMIT)).isZero();
      assertAllEnd(pipeline, "TERM");
    }
    try (Program h5dump = Program.start(directory, "h5dump", "-H", "recording.h5")) {
      assertThat(h5dump.awaitExit()).as(h5dump.output()).isZero();
      assertThat(h5dump.output()).contains("frame_number");
    }
  }

  @Test
  void endsWhileBlockedInASend() {
    try (Pipeline pipeline =
            new Pipeline(directory)
                .publisher(0, "--source", "synthetic:ramp", "--fps", "max", "--lossless")
                .start();
        Program subscriber = Judges.start(directory, "never_reads.py", pipeline.ports().frames())) {
      subscriber.awaitOutput("subscribed");
      pipeline.program("publish").awaitOutput("waiting for a subscriber with a full queue");
      assertAllEnd(pipeline, "TERM");
    }
  }

  private static void assertAllEnd(Pipeline pipeline, String signal) {
    for (Program program : pipeline.programs()) {
      if (program.isAlive()) {
        program.signal(signal);
        int code = program.awaitExit(LIMIT);
        assertThat(code).as(program.output()).isIn(0, 3);
        assertThat(program.output()).doesNotContain("not everything closed", "Exception");
      }
    }
  }
}
