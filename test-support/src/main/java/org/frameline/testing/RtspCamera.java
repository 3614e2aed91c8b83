package org.frameline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Runs rtsp_server.py: a file as an RTSP camera on loopback. Used by one test, which closes it. */
public final class RtspCamera implements AutoCloseable {
  private static final Path SCRIPT = Checkout.file("test-support/src/main/python/rtsp_server.py");

  private final Program server;
  private final String address;

  /** On a port that the system chooses. */
  public RtspCamera(Path file, String codec) {
    this(file, codec, 0);
  }

  /** On a port of one's own, which must be free. */
  public RtspCamera(Path file, String codec, int port) {
    server = Python.startScript(Path.of("."), SCRIPT, file, "--codec", codec, "--port", port);
    address = server.awaitLine();
    assertThat(address).as("address printed by %s", SCRIPT).startsWith("rtsp://127.0.0.1:");
  }

  public String address() {
    return address;
  }

  /** Stops the camera as if its cable were pulled. */
  public void kill() {
    server.close();
  }

  @Override
  public void close() {
    server.close();
  }
}
