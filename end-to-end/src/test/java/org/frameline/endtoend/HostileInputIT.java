package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Garbage at every bound socket, as ZeroMQ messages and as raw bytes, stops nobody. */
class HostileInputIT {
  @TempDir private Path directory;

  @Test
  void carriesOnUnderGarbageAtEveryBoundSocket() {
    try (Pipeline pipeline =
        new Pipeline(directory)
            .sink()
            .recorder()
            .publisher(2, "--size", "160x120", "--fps", "60", "--frames", "400")
            .transform(1)
            .start()) {
      pipeline.program("record").awaitOutput("recording");
      pipeline.program("ventilate").awaitOutput("1 workers are ready");
      Ports ports = pipeline.ports();
      try (Program garbage =
          Program.python(
              directory,
              "send_garbage.py",
              "sub=" + ports.frames(),
              "req=" + ports.control(),
              "pull=" + ports.tasks() + "?raw",
              "push=" + ports.results(),
              "req=" + ports.handshake(),
              "req=" + ports.recorderControl())) {
        assertThat(garbage.awaitExit()).as(garbage.output()).isZero();
      }
      Map<String, Integer> exits = pipeline.awaitExits();
      assertThat(exits.values()).as(pipeline.output()).containsOnly(0);
      assertThat(pipeline.program("sink").output()).contains("malformed");
    }
  }
}
