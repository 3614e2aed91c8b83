package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.frameline.testing.Footage;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings as pictures and videos, judged by ffmpeg, OpenCV and h5py. */
class ExportIT {
  @TempDir private Path folder;

  private void record(String... source) {
    List<String> all = new ArrayList<>(List.of(source));
    all.addAll(List.of("--fps", "max", "--lossless"));
    try (Pipeline pipeline =
        new Pipeline(folder).recorder().publisher(1, all.toArray(String[]::new)).start()) {
      assertThat(pipeline.awaitExits().values()).as(pipeline.output()).containsOnly(0);
    }
  }

  private Program export(String... arguments) {
    List<String> all = new ArrayList<>(List.of("export", "recording.h5"));
    all.addAll(List.of(arguments));
    return Program.frameline(folder, all.toArray(String[]::new));
  }

  private void exported(String... arguments) {
    try (Program program = export(arguments)) {
      assertThat(program.awaitExit()).as(program.output()).isZero();
    }
  }

  @Test
  void realFootageIsExported() throws Exception {
    record("--source", "video:" + Footage.file(), "--frames", "60");
    exported("--out", "footage.mp4", "--fps", "12.5");
    exported("--out", "pictures", "--from", "10", "--to", "49", "--every", "13");
    exported("--out", "sheet.png", "--contact-sheet");
    List<String> arguments =
        new ArrayList<>(List.of("recording.h5", "footage.mp4", "12.5", "sheet.png"));
    try (Stream<Path> pictures = Files.list(folder.resolve("pictures"))) {
      pictures.sorted().map(Path::toString).forEach(arguments::add);
    }
    assertThat(arguments).hasSize(8);
    try (Program judge =
        Judges.start(folder, "check_export.py", arguments.toArray(String[]::new))) {
      assertThat(judge.awaitExit()).as(judge.output()).isZero();
      System.out.println(judge.output());
    }
  }

  /** Noise takes a codec so long that a signal finds it at work. */
  private void recordNoise() {
    record(
        "--source", "synthetic:noise", "--size", "640x480", "--format", "Mono8", "--frames", "400");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aVideoThatIsStoppedIsNotThere(String signal) throws Exception {
    recordNoise();
    try (Program program = export("--out", "v.mp4")) {
      Awaitility.await()
          .atMost(Program.PATIENCE)
          .until(() -> Files.exists(folder.resolve("v.mp4.new")) || !program.isAlive());
      program.signal(signal);
      assertThat(program.awaitExit()).as(program.output()).isEqualTo(1);
      assertThat(program.output()).contains("frameline: stopped after ", " of 400 frames");
    }
    assertThat(folder.resolve("v.mp4")).doesNotExist();
    assertThat(folder.resolve("v.mp4.new")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk/v.mp4", "disk", "disk/%06d.tif"})
  void aFullDiskIsOneLineAndLeavesNothingHalf(String out) throws Exception {
    recordNoise();
    Path disk = Files.createDirectory(folder.resolve("disk"));
    run("mount", "-t", "tmpfs", "-o", "size=1M", "tmpfs", disk.toString());
    try {
      try (Program program = export("--out", out)) {
        assertThat(program.awaitExit()).as(program.output()).isEqualTo(1);
        assertThat(program.output().lines().filter(line -> line.startsWith("frameline: ")))
            .singleElement()
            .asString()
            .startsWith("frameline: cannot write disk/")
            .contains("No space left on device");
      }
      try (Stream<Path> left = Files.list(disk)) {
        for (Path file : left.toList()) {
          assertThat(out).isNotEqualTo("disk/v.mp4");
          assertThat(ImageIO.read(file.toFile()).getHeight()).isEqualTo(480);
        }
      }
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private void run(String... command) {
    try (Program program = Program.start(folder, command)) {
      assertThat(program.awaitExit()).as(program.output()).isZero();
    }
  }
}
