package org.frameline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.frameline.program.StopSignal;
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

  @TempDir Path folder;
  private final StopSignal stop = new StopSignal();
  private final CompletableFuture<Shell.Ending> publisher = new CompletableFuture<>();
  private String control;

  private void publish(String format) throws Exception {
    control = Shell.freeEndpoint();
    String[] args = {
      "publish",
      "--source",
      "synthetic:ramp",
      "--format",
      format,
      "--size",
      "34x21",
      "--fps",
      "50",
      "--bind",
      Shell.freeEndpoint(),
      "--control-bind",
      control
    };
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

  private static String python(String program, Object... arguments) throws Exception {
    String[] command = new String[3 + arguments.length];
    command[0] = "/usr/bin/python3";
    command[1] = "-c";
    command[2] = program;
    for (int i = 0; i < arguments.length; i++) {
      command[3 + i] = arguments[i].toString();
    }
    Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).as(printed).isZero();
    return printed.strip();
  }

  @ParameterizedTest
  @CsvSource({"RGB8,3", "Mono8,2", "Mono16,2"})
  void aPictureHasAllBitsOfTheFrame(String format, int dimensions) throws Exception {
    publish(format);
    Path png = folder.resolve("frame.png");
    await()
        .until(() -> Shell.run("snap", "--control", control, "--out", png.toString()).code() == 0);
    assertThat(python(CHECK, png, format)).isEqualTo("True " + dimensions);
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
            python(
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
