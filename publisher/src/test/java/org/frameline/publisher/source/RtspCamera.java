package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs rtsp_server.py: a file as an RTSP camera on loopback. One thread; to be closed. */
public final class RtspCamera implements AutoCloseable {

  private static final Path SCRIPT = Path.of("../end-to-end/src/test/python/rtsp_server.py");

  private final Process process;
  private final String address;

  RtspCamera(Path file, String codec) throws IOException {
    this(file, codec, 0);
  }

  /** On a port of one's own, which must be free. */
  public RtspCamera(Path file, String codec, int port) throws IOException {
    process =
        new ProcessBuilder(
                "/usr/bin/python3",
                SCRIPT.toString(),
                file.toString(),
                "--codec",
                codec,
                "--port",
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    address = output.readLine();
    assertThat(address).as("address printed by %s", SCRIPT).startsWith("rtsp://127.0.0.1:");
  }

  public String address() {
    return address;
  }

  /** Stops the camera as if its cable were pulled. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
