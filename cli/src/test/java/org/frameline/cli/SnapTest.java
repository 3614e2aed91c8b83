package org.frameline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ElementType;
import org.frameline.recording.write.RecordingWriter;
import org.frameline.testing.FreePorts;
import org.frameline.testing.NoThreadLeft;
import org.frameline.testing.Outcome;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code snap}, {@code status} and {@code stop} against a publisher in this process. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class SnapTest {
  private static final String CHECK =
      """
      import sys, cv2, numpy as np
      path, pixel_format = sys.argv[1:]
      image = cv2.imread(path, cv2.IMREAD_UNCHANGED)
      height, width = image.shape[:2]
      assert (height, width) == (21, 34), image.shape
      y, x = np.mgrid[0:height, 0:width]
      if pixel_format == "RGB8":
          image = image[:, :, ::-1].astype(int)
          n = int(image[0, 0, 0])
          want = ((x + y + n)[:, :, None] + 64 * np.arange(3)) % 256
      elif pixel_format == "Mono8":
          n = int(image[0, 0])
          want = (x + y + n) % 256
      else:
          assert image.dtype == np.uint16
          n = next(n for n in range(65536) if 257 * n % 65536 == image[0, 0])
          want = 257 * (x + y + n) % 65536
      print(np.array_equal(image, want), image.ndim)
      """;

  /** Says whether the only frame of a file can be read. */
  private static final String READ_FIRST =
      """
      import sys, h5py
      with h5py.File(sys.argv[1]) as f:
          try:
              f["entry/data/data"][0]
              print(True)
          except OSError:
              print(False)
      """;

  @TempDir Path folder;
  private final StopSignal stop = new StopSignal();
  private final CompletableFuture<Shell.Ending> publisher = new CompletableFuture<>();
  private String control;

  private void publish(String format) throws Exception {
    publish("--source", "synthetic:ramp", "--format", format, "--size", "34x21", "--fps", "50");
  }

  private void publish(String... source) throws Exception {
    control = FreePorts.endpoint();
    String[] args =
        Stream.concat(
                Stream.of("publish", "--bind", FreePorts.endpoint(), "--control-bind", control),
                Stream.of(source))
            .toArray(String[]::new);
    publisher.completeOnTimeout(null, 50, TimeUnit.SECONDS);
    new Thread(() -> publisher.complete(Shell.run(stop, args))).start();
    await()
        .until(() -> Shell.run("status", "--control", control).out().contains("state: streaming"));
  }

  @AfterEach
  void stopThePublisher() {
    stop.stop();
    publisher.join();
  }

  @ParameterizedTest
  @CsvSource({"RGB8,3", "Mono8,2", "Mono16,2"})
  void aPictureHasAllBitsOfTheFrame(String format, int dimensions) throws Exception {
    publish(format);
    Path png = folder.resolve("frame.png");
    await()
        .until(() -> Shell.run("snap", "--control", control, "--out", png.toString()).code() == 0);
    assertThat(Python.runIn(folder, CHECK, png, format)).isEqualTo("True " + dimensions);
    Shell.Ending again = Shell.run("snap", "--control", control, "--out", png.toString());
    assertThat(again.code()).isEqualTo(1);
    assertThat(
            Shell.run("snap", "--control", control, "--out", png.toString(), "--overwrite").code())
        .isZero();
  }

  @Test
  void aSnapshotCanBeARecording() throws Exception {
    publish("Mono16");
    Path file = folder.resolve("frame.h5");
    await()
        .until(() -> Shell.run("snap", "--control", control, "--out", file.toString()).code() == 0);
    assertThat(
            Python.runIn(
                folder,
                """
                import sys, h5py, numpy as np
                with h5py.File(sys.argv[1], "r") as f:
                    data = f["entry/data/data"]
                    n = int(f["entry/data/frame_number"][0])
                    y, x = np.mgrid[0:21, 0:34]
                    print(np.array_equal(data[0], 257 * (x + y + n) % 65536), data.shape)
                """,
                file))
        .isEqualTo("True (1, 21, 34)");
  }

  /** h5dump names the filters; h5py compares the checksum when it reads the frame. */
  @Test
  void aSnapshotCanHaveAChecksum() throws Exception {
    publish("Mono8");
    Path file = folder.resolve("frame.h5");
    snap(file, "--checksum", "fletcher32");
    Outcome dump = Program.run(folder, List.of("h5dump", "-pH", file.toString()));
    assertThat(dump.exitCode()).as(dump.err()).isZero();
    assertThat(dump.out().split("CHECKSUM FLETCHER32", -1))
        .as("data, frame_number, timestamp_ns and missing in %s", dump.out())
        .hasSize(4 + 1);
    assertThat(Python.runIn(folder, READ_FIRST, file)).isEqualTo("True");
    Python.runIn(
        folder,
        """
        import sys, h5py
        with h5py.File(sys.argv[1]) as f:
            chunk = f["entry/data/data"].id.get_chunk_info(0)
        with open(sys.argv[1], "r+b") as f:
            f.seek(chunk.byte_offset + 100)
            byte = f.read(1)[0]
            f.seek(chunk.byte_offset + 100)
            f.write(bytes([byte ^ 1]))
        """,
        file);
    assertThat(Python.runIn(folder, READ_FIRST, file)).isEqualTo("False");
    assertThat(Shell.run("verify", file.toString()).code()).isOne();
  }

  @Test
  void aSnapshotOfAReplayKeepsNumbersAndTimesOfThen() throws Exception {
    Path recording = recording();
    publish("--source", "hdf5:" + recording, "--fps", "50", "--loop");
    Path file = folder.resolve("frame.h5");
    snap(file);
    assertThat(
            Python.runIn(
                folder,
                """
                import sys, h5py, numpy as np
                with h5py.File(sys.argv[1]) as copy, h5py.File(sys.argv[2]) as original:
                    then, now = original["entry/data"], copy["entry/data"]
                    number = now["recorded_frame_number"][0]
                    row = list(then["frame_number"][:]).index(number)
                    print(now["recorded_timestamp_ns"][0] == then["timestamp_ns"][row],
                          np.array_equal(now["data"][0], then["data"][row]),
                          copy["entry/stream"].attrs["recorded_stream"])
                """,
                file,
                recording))
        .isEqualTo("True True stream-of-then");
    assertThat(Shell.run("info", file.toString()).out())
        .anyMatch(line -> line.startsWith("  replay    of stream stream-of-then, frames "));
  }

  /** Frames that differ, with holes between them. */
  private Path recording() throws Exception {
    Path file = folder.resolve("recording.h5");
    Recordings recording =
        Recordings.of(ElementType.UINT8, List.of(8, 10))
            .withStream(Map.of("stream", "stream-of-then"))
            .atTimes(number -> Recordings.FIRST_NS + number * number * 1_000_001)
            .filledWith(SnapTest::fill);
    try (RecordingWriter writer = recording.open(file)) {
      recording.append(writer, 3, 4, 7, 12, 13);
    }
    return file;
  }

  private static void fill(long number, ByteBuffer frame) {
    while (frame.hasRemaining()) {
      frame.put((byte) number);
    }
  }

  private void snap(Path file, String... options) {
    String[] args =
        Stream.concat(
                Stream.of("snap", "--control", control, "--out", file.toString()),
                Stream.of(options))
            .toArray(String[]::new);
    await().atMost(40, TimeUnit.SECONDS).until(() -> Shell.run(args).code() == 0);
  }

  @Test
  void statusTellsHowItStandsAndStopEndsIt() throws Exception {
    publish("Mono8");
    assertThat(Shell.run("status", "--control", control).out())
        .contains("program: publish", "subscribers: []")
        .noneMatch(line -> line.startsWith("ok"));
    assertThat(Shell.run("stop", "--control", control).code()).isZero();
    assertThat(publisher.join().code()).isZero();
  }
}
