package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An RTSP camera on loopback, recorded while other programs read the file. */
class LiveCameraIT {
  @TempDir private Path directory;

  @Test
  void recordsAnRtspCameraAndIsReadableMeanwhile() {
    try (Program server = Program.python(directory, "rtsp_server.py", Program.FOOTAGE.toString());
        Pipeline pipeline = new Pipeline(directory)) {
      server.awaitOutput("rtsp://");
      String url = server.output().lines().filter(l -> l.startsWith("rtsp://")).findFirst().get();
      pipeline
          .recorder("--duration", "4s", "--checkpoint", "200ms")
          .publisher(1, "--source", url)
          .start();
      try (Program reader =
          Program.python(directory, "read_while_recording.py", "recording.h5", "5")) {
        assertThat(reader.awaitExit()).as(reader.output()).isZero();
      }
      assertThat(pipeline.program("record").awaitExit())
          .as(pipeline.program("record").output())
          .isZero();
      pipeline.program("publish").terminate();
      assertThat(pipeline.program("publish").awaitExit()).isZero();
    }
    try (Program judge = Program.python(directory, "check_live.py", "recording.h5", "20")) {
      assertThat(judge.awaitExit()).as(judge.output()).isZero();
    }
  }
}
