package org.frameline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.testing.Footage;
import org.frameline.testing.FreePorts;
import org.frameline.testing.NoThreadLeft;
import org.frameline.testing.RtspCamera;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.ZMQ;

/** Cameras that go and come back, or do not, behind a whole publisher. */
@ExtendWith(NoThreadLeft.class)
@Timeout(180)
class CameraOutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;
  private long expected;

  private byte[] jpeg(String size) throws Exception {
    Path file = folder.resolve(size + ".jpg");
    return Files.readAllBytes(Footage.testVideo(file, size, 1, "-pix_fmt", "yuvj420p"));
  }

  /** The next frame, whose number must follow. */
  private FrameHeader next(ZMQ.Socket socket) throws Exception {
    FrameHeader header = ((Frame) Running.receive(socket)).header();
    assertThat(header.frame()).isEqualTo(expected);
    expected++;
    return header;
  }

  private static void awaitState(Running publisher, String state) {
    await().atMost(PATIENCE).until(() -> state(publisher).equals(state));
  }

  private static String state(Running publisher) throws MalformedMessageException {
    return publisher.ask("status").text("state").orElseThrow();
  }

  @Test
  void anRtspCameraThatIsKilledAndStartedAgainGoesOnAsTheSameStream() throws Exception {
    Path report = folder.resolve("report.json");
    int port = FreePorts.one();
    RtspCamera camera = new RtspCamera(Footage.file(), "mjpeg", port);
    try (Running publisher =
        new Running(
            "--source", camera.address(), "--wait-for", "1", "--report", report.toString())) {
      ZMQ.Socket frames = publisher.subscribe("camera_frame", "s");
      FrameHeader header = next(frames);
      assertThat(header.extra()).doesNotContainKey(FrameHeader.RECONNECTS);
      String stream = header.stream();
      for (int outage = 1; outage <= 3; outage++) {
        camera.kill();
        awaitState(publisher, "reconnecting");
        camera = new RtspCamera(Footage.file(), "mjpeg", port);
        long before = header.timestampNs();
        while (header.number(FrameHeader.RECONNECTS).map(Long::intValue).orElse(0) < outage) {
          before = header.timestampNs();
          header = next(frames);
        }
        assertThat(header.stream()).isEqualTo(stream);
        assertThat(header.number(FrameHeader.RECONNECTS)).contains((long) outage);
        assertThat(header.number(FrameHeader.OUTAGE_FRAME)).contains(header.frame());
        long stampsMs = (header.timestampNs() - before) / 1_000_000;
        assertThat(header.number(FrameHeader.OUTAGE_MS).orElseThrow())
            .isBetween(stampsMs - 500, stampsMs + 500);
        FrameHeader following = next(frames);
        assertThat(following.extra()).isEqualTo(header.extra());
        header = following;
      }
      ControlMessage status = publisher.ask("status");
      assertThat(status.text("state")).contains("streaming");
      assertThat(status.count("reconnects")).hasValue(3L);
      assertThat(status.count("outage_ms")).isPresent();
      frames.close();
      publisher.stop();
      assertThat(publisher.exitCode()).as(publisher.err()).isZero();
    } finally {
      camera.close();
    }
    JsonNode json = Running.json(report);
    assertThat(json.get("reconnects").asInt()).isEqualTo(3);
    assertThat(json.get("outage_ms").asLong()).isPositive();
    assertThat(json.get("frames").asLong()).isGreaterThanOrEqualTo(expected);
  }

  @Test
  void anHttpCameraThatComesBackWithAnotherSizeIsOneClearLine() throws Exception {
    MjpegCamera camera = new MjpegCamera(jpeg("320x240"), 0);
    try (Running publisher = new Running("--source", camera.address(), "--wait-for", "1")) {
      ZMQ.Socket frames = publisher.subscribe("camera_frame", "s");
      next(frames);
      camera.close();
      awaitState(publisher, "reconnecting");
      camera = new MjpegCamera(jpeg("160x120"), camera.port());
      drainToEnd(frames);
      frames.close();
      assertThat(publisher.exitCode()).isEqualTo(1);
      assertThat(publisher.err())
          .contains("came back with another picture: expected 320x240 RGB8, found 160x120 RGB8")
          .hasLineCount(1);
    } finally {
      camera.close();
    }
  }

  @Test
  void anotherSizeIsScaledWhenASizeIsAskedFor() throws Exception {
    MjpegCamera camera = new MjpegCamera(jpeg("320x240"), 0);
    try (Running publisher =
        new Running("--source", camera.address(), "--wait-for", "1", "--size", "80x60")) {
      ZMQ.Socket frames = publisher.subscribe("camera_frame", "s");
      FrameHeader header = next(frames);
      camera.close();
      awaitState(publisher, "reconnecting");
      camera = new MjpegCamera(jpeg("160x120"), camera.port());
      while (header.number(FrameHeader.RECONNECTS).isEmpty()) {
        header = next(frames);
      }
      assertThat(header.shape()).containsExactly(60, 80, 3);
      frames.close();
      publisher.stop();
      assertThat(publisher.exitCode()).isZero();
    } finally {
      camera.close();
    }
  }

  @Test
  void aCameraThatDoesNotComeBackIsGivenUpInOrder() throws Exception {
    Path report = folder.resolve("report.json");
    MjpegCamera camera = new MjpegCamera(jpeg("320x240"), 0);
    try (Running publisher =
        new Running(
            "--source",
            camera.address(),
            "--wait-for",
            "1",
            "--reconnect",
            "1500ms",
            "--report",
            report.toString())) {
      ZMQ.Socket frames = publisher.subscribe("camera_frame", "s");
      next(frames);
      camera.close();
      SeriesEnd end = drainToEnd(frames);
      frames.close();
      assertThat(publisher.exitCode()).isEqualTo(1);
      assertThat(publisher.err())
          .contains("dropped out at ")
          .contains("did not come back within 1.5 s")
          .contains("Connection refused")
          .hasLineCount(1);
      assertThat(Running.json(report).get("frames").asLong()).isEqualTo(end.frames());
    }
  }

  private SeriesEnd drainToEnd(ZMQ.Socket socket) throws Exception {
    while (true) {
      if (Running.receive(socket) instanceof SeriesEnd end) {
        return end;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stopsWithinTwoSecondsWhileThereIsNoCamera(boolean silentServer) throws Exception {
    int port = FreePorts.one();
    RtspCamera camera = new RtspCamera(Footage.file(), "mjpeg", port);
    try (Running publisher = new Running("--source", camera.address(), "--wait-for", "1")) {
      ZMQ.Socket frames = publisher.subscribe("camera_frame", "s");
      next(frames);
      camera.kill();
      awaitState(publisher, "reconnecting");
      // Either it pauses between attempts, or it waits for an answer that never comes.
      try (ServerSocket silent =
          silentServer
              ? new ServerSocket(port, 5, InetAddress.getLoopbackAddress())
              : new ServerSocket(0)) {
        if (silentServer) {
          silent.setSoTimeout((int) PATIENCE.toMillis());
          assertThat(silent.accept().isConnected()).isTrue();
        }
        frames.close();
        long start = System.nanoTime();
        publisher.stop();
        assertThat(publisher.exitCode()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      }
    } finally {
      camera.close();
    }
  }

  @Test
  void stopsAtOnceWhileTheFirstCameraDoesNotAnswer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Running publisher =
            new Running("--source", "rtsp://127.0.0.1:" + silent.getLocalPort() + "/camera")) {
      silent.setSoTimeout((int) PATIENCE.toMillis());
      assertThat(silent.accept().isConnected()).isTrue();
      long start = System.nanoTime();
      publisher.stop();
      assertThat(publisher.exitCode()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void aBrokenFileIsSentAsFarAsItGoesAndEndsWithOneLine() throws Exception {
    byte[] whole = Files.readAllBytes(Footage.file());
    Path cut = Files.write(folder.resolve("cut.avi"), java.util.Arrays.copyOf(whole, 1_000_001));
    try (Running publisher =
        new Running("--source", "video:" + cut, "--fps", "max", "--lossless", "--wait-for", "1")) {
      ZMQ.Socket frames = publisher.subscribe("camera_frame", "s");
      SeriesEnd end = null;
      while (end == null) {
        StreamMessage message = Running.receive(frames);
        if (message instanceof SeriesEnd last) {
          end = last;
        } else {
          assertThat(((Frame) message).header().frame()).isEqualTo(expected);
          expected++;
        }
      }
      assertThat(end.frames()).isEqualTo(expected).isBetween(50L, 150L);
      frames.close();
      assertThat(publisher.exitCode()).isEqualTo(1);
      assertThat(publisher.err())
          .contains("cut.avi is damaged")
          .contains("it breaks off after")
          .contains("published is what could be decoded, " + expected + " frames")
          .hasLineCount(1);
    }
  }
}
