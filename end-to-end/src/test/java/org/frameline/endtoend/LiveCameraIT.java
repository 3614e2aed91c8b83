package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.frameline.testing.Footage;
import org.frameline.testing.FreePorts;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.frameline.testing.RtspCamera;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An RTSP camera on loopback, recorded while other programs read the file. */
class LiveCameraIT {
  @TempDir private Path directory;

  @Test
  void aCameraThatIsSwitchedOffAndOnIsOneRecordingWithTheOutageInIt() {
    int port = FreePorts.one();
    RtspCamera camera = new RtspCamera(Footage.file(), "h264", port);
    try (Pipeline pipeline = new Pipeline(directory)) {
      String url = camera.address();
      pipeline.recorder().publisher(1, "--source", url).start();
      Program publisher = pipeline.program("publish");
      pipeline.program("record").awaitOutput("recording: ");
      for (int outage = 1; outage <= 2; outage++) {
        camera.kill();
        int times = outage;
        publisher.awaitOutput("waiting for " + url + " to come back since ", times);
        camera = new RtspCamera(Footage.file(), "h264", port);
        publisher.awaitOutput("outages so far: " + outage, 1);
      }
      publisher.terminate();
      assertThat(publisher.awaitExit()).isZero();
      assertThat(pipeline.program("record").awaitExit()).isZero();
    } finally {
      camera.close();
    }
    try (Program verify = Program.frameline(directory, "verify", "recording.h5")) {
      assertThat(verify.awaitExit()).as(verify.output()).isZero();
      assertThat(verify.output()).contains("0 missing, the camera was gone 2 times, closed");
    }
    try (Program judge =
        Python.start(
            directory,
            "import h5py; f = h5py.File('recording.h5'); e = f['entry']; o = e['outages'][:];"
                + " t = e['data/timestamp_ns'][:]; n = list(e['data/frame_number'][:]);"
                + " [print(abs((t[n.index(a)] - t[n.index(a) - 1]) / 1e6 - ms) < 500)"
                + " for a, ms in o]")) {
      assertThat(judge.awaitExit()).as(judge.output()).isZero();
      assertThat(judge.output()).isEqualTo("True\nTrue");
    }
  }

  @Test
  void recordsAnRtspCameraAndIsReadableMeanwhile() {
    try (RtspCamera camera = new RtspCamera(Footage.file(), "h264");
        Pipeline pipeline = new Pipeline(directory)) {
      pipeline
          .recorder("--duration", "4s", "--checkpoint", "200ms")
          .publisher(1, "--source", camera.address())
          .start();
      try (Program reader =
          Judges.start(directory, "read_while_recording.py", "recording.h5", "5")) {
        assertThat(reader.awaitExit()).as(reader.output()).isZero();
      }
      assertThat(pipeline.program("record").awaitExit())
          .as(pipeline.program("record").output())
          .isZero();
      pipeline.program("publish").terminate();
      assertThat(pipeline.program("publish").awaitExit()).isZero();
    }
    try (Program judge = Judges.start(directory, "check_live.py", "recording.h5", "20")) {
      assertThat(judge.awaitExit()).as(judge.output()).isZero();
    }
  }
}
