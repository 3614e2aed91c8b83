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
    try (Pipeline pipeline = new Pipeline(directory).sink().recorder().transform(1).start()) {
      Ports ports = pipeline.ports();
      pipeline.program("record").awaitOutput("recording");
      pipeline.program("ventilate").awaitOutput("1 workers are ready");
      // Before frames flow: whoever connects to the ventilator is dealt tasks as a worker is.
      throwGarbage(
          "pull=" + ports.tasks() + "?raw",
          "push=" + ports.results(),
          "req=" + ports.handshake(),
          "req=" + ports.recorderControl());

      pipeline.publisher(2, "--size", "160x120", "--fps", "60").start();
      pipeline.program("record").awaitOutput("recording: ");
      throwGarbage(
          "sub=" + ports.frames(),
          "req=" + ports.control(),
          "push=" + ports.results(),
          "req=" + ports.handshake(),
          "req=" + ports.recorderControl());
      try (Program stop = Program.frameline(directory, "stop", "--control", ports.control())) {
        assertThat(stop.awaitExit()).as(stop.output()).isZero();
      }
      Map<String, Integer> exits = pipeline.awaitExits();
      assertThat(exits.values()).as(pipeline.output()).containsOnly(0);
      assertThat(pipeline.program("sink").output()).contains("malformed");
    }
  }

  private void throwGarbage(String... sockets) {
    try (Program garbage = Program.python(directory, "send_garbage.py", sockets)) {
      assertThat(garbage.awaitExit()).as(garbage.output()).isZero();
    }
  }
}
