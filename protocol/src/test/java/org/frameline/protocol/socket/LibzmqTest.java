package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.testing.NoThreadLeft;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Frames between JeroMQ and the libzmq that all other languages use, in both directions. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class LibzmqTest {
  private static final Path FOLDER = Path.of(".");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int FRAMES = 20;
  private static final int HEIGHT = 480;
  private static final int WIDTH = 640;
  private static final Endpoint ANY = Endpoint.parse("tcp://127.0.0.1:*");

  /** Pixel i of frame n is (7 i + n) mod 251: no period of a row or a power of two. */
  private static byte pixel(long i, long n) {
    return (byte) ((7 * i + n) % 251);
  }

  private static Frame frame(long number) {
    FrameHeader header =
        new FrameHeader(List.of(HEIGHT, WIDTH, 3), ElementType.UINT8, number, 99, "s", Map.of());
    byte[] pixels = new byte[HEIGHT * WIDTH * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = pixel(i, number);
    }
    return new Frame("camera_frame", header, ByteBuffer.wrap(pixels));
  }

  @Test
  void pythonReadsWhatWeSend() throws Exception {
    try (Sockets sockets = new Sockets()) {
      MessageSocket socket = sockets.publish(ANY, "--bind", 100);
      Program python =
          Python.start(
              FOLDER,
              """
              import json, sys, zmq, numpy as np
              sub = zmq.Context().socket(zmq.SUB)
              sub.setsockopt(zmq.SUBSCRIBE, b"camera_frame")
              sub.setsockopt(zmq.RCVTIMEO, 20000)
              sub.connect(sys.argv[1])
              right = 0
              while True:
                  topic, header, payload = sub.recv_multipart()
                  header = json.loads(header)
                  if header["htype"] == "series_end-1.0":
                      assert payload == b""
                      break
                  got = np.frombuffer(payload, header["type"]).reshape(header["shape"])
                  i = np.arange(got.size, dtype=np.int64)
                  want = ((7 * i + header["frame"]) % 251).astype(np.uint8).reshape(got.shape)
                  assert header["frame"] == right and got.shape == (480, 640, 3)
                  assert np.array_equal(got, want)
                  right += 1
              print(right, header["frames"], topic.decode())
              """,
              socket.boundTo());
      assertThat(socket.receive(PATIENCE)).as("its subscription").isNotNull();
      for (int n = 0; n < FRAMES; n++) {
        socket.send(frame(n));
      }
      socket.send(new StreamMessage.SeriesEnd("camera_frame", "s", FRAMES));
      assertThat(python.endsWith(0)).isEqualTo("20 20 camera_frame");
      sockets.close(socket, Duration.ZERO);
    }
  }

  @Test
  void weReadWhatPythonSends() throws Exception {
    Program python =
        Python.start(
            FOLDER,
            """
            import json, zmq, numpy as np
            context = zmq.Context()
            pub = context.socket(zmq.XPUB)
            pub.setsockopt(zmq.RCVTIMEO, 20000)
            print(pub.bind_to_random_port("tcp://127.0.0.1"), flush=True)
            pub.recv()
            i = np.arange(480 * 640 * 3, dtype=np.int64)
            for n in range(20):
                header = {"htype": "array-1.0", "shape": [480, 640, 3], "type": "uint8",
                          "encoding": "little", "frame": n, "timestamp_ns": 99, "stream": "s"}
                pixels = ((7 * i + n) % 251).astype(np.uint8)
                pub.send_multipart([b"camera_frame", json.dumps(header).encode(), pixels])
            end = {"htype": "series_end-1.0", "frames": 20, "stream": "s"}
            pub.send_multipart([b"camera_frame", json.dumps(end).encode(), b""])
            # What is not sent yet is lost when a process ends without this.
            pub.close()
            context.term()
            """);
    try (python;
        Sockets sockets = new Sockets()) {
      Endpoint endpoint = Endpoint.parse("tcp://127.0.0.1:" + python.awaitLine());
      MessageSocket socket = sockets.subscribe(endpoint, 100);
      socket.subscribe("camera_frame");
      for (int n = 0; n < FRAMES; n++) {
        List<byte[]> parts = socket.receive(PATIENCE);
        assertThat(parts).as("frame %d", n).isNotNull();
        assertThat(MessageCodec.decode(parts)).as("frame %d", n).isEqualTo(frame(n));
      }
      assertThat(MessageCodec.decode(socket.receive(PATIENCE)))
          .isEqualTo(new StreamMessage.SeriesEnd("camera_frame", "s", FRAMES));
      assertThat(python.awaitExit()).isZero();
      sockets.close(socket, Duration.ZERO);
    }
  }
}
