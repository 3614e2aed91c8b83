package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.frameline.testing.Footage;
import org.frameline.testing.FreePorts;
import org.frameline.testing.RtspCamera;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NetworkCameraTest {

  @TempDir Path folder;

  private static Duration timed(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Mean absolute difference of all bytes of two frames. */
  private static double difference(ByteBuffer a, ByteBuffer b) {
    long sum = 0;
    for (int i = 0; i < a.limit(); i++) {
      sum += Math.abs((a.get(i) & 0xff) - (b.get(i) & 0xff));
    }
    return (double) sum / a.limit();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h264", "mjpeg"})
  void anRtspCameraShowsItsPicturesInOrder(String codec) throws Exception {
    try (RtspCamera camera = new RtspCamera(Footage.file(), codec);
        FrameSource source = Sources.open(camera.address(), request -> request);
        FrameSource original = Sources.open("video:" + Footage.file(), request -> request)) {
      SourceDescription description = source.description();
      assertThat(description.live()).isTrue();
      assertThat(description.frameBytes()).isEqualTo(original.description().frameBytes());
      ByteBuffer seen = ByteBuffer.allocate(description.frameBytes());
      ByteBuffer shown = ByteBuffer.allocate(description.frameBytes());
      long lastStamp = 0;
      int skipped = 0;
      for (int i = 0; i < 30; i++) {
        assertThat(source.grab()).isTrue();
        assertThat(source.timestampNs()).isGreaterThan(lastStamp);
        lastStamp = source.timestampNs();
        source.copyTo(seen.clear());
        // The camera may have begun a few pictures into the file; the order must hold.
        do {
          assertThat(original.grab()).isTrue();
          original.copyTo(shown.clear());
          skipped++;
        } while (difference(seen, shown) > 4 && skipped < 60);
        assertThat(difference(seen, shown)).as("frame %d", i).isLessThan(4);
      }
      assertThat(timed(source::close)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void aClosedPortIsReportedAtOnce() throws Exception {
    int port = FreePorts.one();
    String address = "rtsp://user:secret@127.0.0.1:" + port + "/camera";
    Duration took =
        timed(
            () ->
                assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> Sources.open(address, request -> request).close())
                    .withMessageContaining("rtsp://user:***@127.0.0.1:" + port)
                    .withMessageContaining("cannot be reached (Connection refused)")
                    .withMessageNotContaining("\n"));
    assertThat(took).isLessThan(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtsp", "http"})
  void aServerThatNeverAnswersIsGivenUpAfterTheTimeout(String protocol) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String address = protocol + "://127.0.0.1:" + silent.getLocalPort() + "/camera";
      Duration took =
          timed(
              () ->
                  assertThatExceptionOfType(SourceException.class)
                      .isThrownBy(
                          () ->
                              Sources.open(
                                      address,
                                      request -> request.withCameraTimeout(Duration.ofMillis(700)))
                                  .close())
                      .withMessageContaining("did not answer within 0.7 s"));
      assertThat(took).isBetween(Duration.ofMillis(600), Duration.ofSeconds(3));
    }
  }

  @Test
  void aCameraThatIsPulledOutEndsOrFailsSoon() throws Exception {
    try (RtspCamera camera = new RtspCamera(Footage.file(), "mjpeg");
        FrameSource source =
            Sources.open(
                camera.address(), request -> request.withCameraTimeout(Duration.ofSeconds(2)))) {
      assertThat(source.grab()).isTrue();
      camera.kill();
      CompletableFuture<Boolean> end = CompletableFuture.supplyAsync(() -> grabToEnd(source));
      assertThat(end.get(8, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean grabToEnd(FrameSource source) {
    try {
      while (source.grab()) {
        assertThat(source.timestampNs()).isPositive();
      }
      return true;
    } catch (SourceException e) {
      assertThat(e).hasMessageContaining("rtsp://127.0.0.1");
      return true;
    }
  }

  /** Serves JPEG pictures as the web cameras of the nineties did, and then stands still. */
  private static final class MotionJpegServer implements AutoCloseable {
    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);

    MotionJpegServer(byte[] picture, int pictures) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/mjpeg",
          exchange -> {
            exchange
                .getResponseHeaders()
                .set("Content-Type", "multipart/x-mixed-replace;boundary=next");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
              for (int i = 0; i < pictures; i++) {
                String head =
                    "--next\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                        .formatted(picture.length);
                body.write(head.getBytes(StandardCharsets.US_ASCII));
                body.write(picture);
                body.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                body.flush();
              }
              assertThat(closing.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      server.start();
    }

    String address(String path) {
      return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
      closing.countDown();
      server.stop(0);
    }
  }

  private byte[] jpeg() throws Exception {
    return Files.readAllBytes(
        Footage.testVideo(folder.resolve("picture.jpg"), "321x240", 1, "-pix_fmt", "yuvj420p"));
  }

  @Test
  void anHttpCameraThatStandsStillIsReportedAfterTheTimeout() throws Exception {
    try (MotionJpegServer server = new MotionJpegServer(jpeg(), 60);
        FrameSource source =
            Sources.open(
                server.address("/mjpeg"),
                request -> request.withCameraTimeout(Duration.ofMillis(1500)))) {
      assertThat(source.description().width()).isEqualTo(321);
      // The last picture is complete only when the head of the next one has come.
      for (int i = 0; i < 59; i++) {
        assertThat(source.grab()).as("picture %d", i).isTrue();
      }
      assertThatExceptionOfType(SourceException.class)
          .isThrownBy(() -> grabTwice(source))
          .withMessageContaining("sent no picture for 1.5 s");
    }
  }

  private static void grabTwice(FrameSource source) throws SourceException {
    assertThat(source.grab()).isTrue();
    assertThat(source.grab()).isTrue();
  }

  @Test
  void aGrabThatWaitsCanBeCancelledFromAnotherThread() throws Exception {
    try (MotionJpegServer server = new MotionJpegServer(jpeg(), 40);
        FrameSource source = Sources.open(server.address("/mjpeg"), request -> request)) {
      CompletableFuture<Boolean> end =
          CompletableFuture.supplyAsync(
              () -> {
                grabToEndOrFail(source);
                return true;
              });
      assertThat(end).isNotDone();
      source.cancel();
      assertThat(end.get(1, TimeUnit.SECONDS)).isTrue();
      assertThat(source.grab()).isFalse();
    }
  }

  private static void grabToEndOrFail(FrameSource source) {
    try {
      while (source.grab()) {
        assertThat(source.timestampNs()).isPositive();
      }
    } catch (SourceException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aWrongPathSaysSo() throws Exception {
    try (MotionJpegServer server = new MotionJpegServer(jpeg(), 1)) {
      assertThatExceptionOfType(SourceException.class)
          .isThrownBy(() -> Sources.open(server.address("/none"), request -> request).close())
          .withMessageContaining("has no such stream; check the path");
    }
  }
}
