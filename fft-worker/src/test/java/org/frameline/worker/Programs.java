package org.frameline.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs that judge or feed the tests. Used from one test thread. */
final class Programs {
  private Programs() {}

  /**
   * Runs a program to its end and returns what it wrote to stdout.
   *
   * @throws AssertionError with the program's stderr, if it fails or takes longer than 30 s
   */
  static String run(Path dir, List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(dir, "stdout", ".txt");
    Path err = Files.createTempFile(dir, "stderr", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end within 30 s: " + Files.readString(err));
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(
          command + " ended with " + process.exitValue() + ": " + Files.readString(err));
    }
    return Files.readString(out);
  }

  /** First frame of the real footage, scaled, in an ffmpeg pixel format, as raw bytes. */
  static byte[] footage(Path dir, int width, int height, String pixelFormat)
      throws IOException, InterruptedException {
    Path raw = dir.resolve("frame.raw");
    run(
        dir,
        List.of(
            "ffmpeg",
            "-v",
            "error",
            "-y",
            "-i",
            footageFile().toString(),
            "-frames:v",
            "1",
            "-vf",
            "scale=" + width + ":" + height,
            "-f",
            "rawvideo",
            "-pix_fmt",
            pixelFormat,
            raw.toString()));
    return Files.readAllBytes(raw);
  }

  /** OpenCV's samples/data/vtest.avi, kept beside the repository. */
  private static Path footageFile() {
    Path file = Path.of("shared", "data", "vtest.avi");
    Path start = Path.of("").toAbsolutePath();
    for (Path dir = start; dir != null; dir = dir.getParent()) {
      if (Files.exists(dir.resolve(file))) {
        return dir.resolve(file);
      }
    }
    throw new AssertionError(
        "expected OpenCV's vtest.avi as " + file + " in a folder above " + start + ", found none");
  }
}
