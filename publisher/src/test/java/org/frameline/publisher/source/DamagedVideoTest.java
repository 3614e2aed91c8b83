package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.frameline.testing.Footage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedVideoTest {

  @TempDir Path folder;

  /** A file grabbed to its end. */
  private record Seen(int frames, String damage) {}

  private static Seen grabAll(Path file) throws SourceException {
    try (FrameSource source = Sources.open("video:" + file, request -> request)) {
      int frames = 0;
      while (source.grab()) {
        frames++;
      }
      return new Seen(frames, source.damage().orElse("none"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "whole.mp4 libx264",
        "whole.mkv libx264",
        "whole.ts libx264",
        "whole.h264 libx264",
        "whole.avi mjpeg",
        "whole.avi mpeg4",
        "whole.mov mpeg4",
        "whole.webm libvpx",
        "whole.gif gif"
      })
  void aWholeFileHasNoDamage(String kind) throws Exception {
    String[] nameAndCodec = kind.split(" ", 2);
    Path file =
        Footage.testVideo(folder.resolve(nameAndCodec[0]), "160x120", 40, "-c:v", nameAndCodec[1]);
    assertThat(grabAll(file)).isEqualTo(new Seen(40, "none"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"holes.avi mjpeg", "holes.mp4 libx264", "holes.mkv libx264"})
  void timesWithoutPicturesAreNoDamage(String kind) throws Exception {
    String[] nameAndCodec = kind.split(" ", 2);
    String holes = "select='not(between(n,10,20))',scale=160:120";
    Path file =
        Footage.testVideo(
            folder.resolve(nameAndCodec[0]),
            "160x120",
            30,
            "-vf",
            holes,
            "-vsync",
            "vfr",
            "-c:v",
            nameAndCodec[1]);
    assertThat(grabAll(file)).isEqualTo(new Seen(30, "none"));
  }

  @Test
  void realFootageHasNoDamage() throws Exception {
    assertThat(grabAll(Footage.file())).isEqualTo(new Seen(795, "none"));
  }

  @Test
  void footageThatWasCutShortSaysWhereItBreaksOff() throws Exception {
    byte[] whole = Files.readAllBytes(Footage.file());
    Seen seen = grabAll(write("cut.avi", Arrays.copyOf(whole, whole.length / 2)));
    assertThat(seen.frames()).isBetween(200, 600);
    assertThat(seen.damage()).matches(".*cut.avi is damaged: .*it breaks off after .* of 79.5 s");
  }

  @Test
  void aFilmWhoseIndexComesFirstSaysWhereItBreaksOff() throws Exception {
    Path film =
        Footage.testVideo(
            folder.resolve("film.mp4"),
            "320x240",
            100,
            "-c:v",
            "libx264",
            "-movflags",
            "+faststart");
    byte[] whole = Files.readAllBytes(film);
    Seen seen = grabAll(write("cut.mp4", Arrays.copyOf(whole, whole.length * 2 / 3)));
    assertThat(seen.frames()).isBetween(20, 90);
    assertThat(seen.damage()).contains("cut.mp4 is damaged: ");
  }

  @Test
  void damageInTheMiddleIsCountedAndTheRestIsShown() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] whole = Files.readAllBytes(Footage.file());
    for (int place = 0; place < 60; place++) {
      // Away from the header and from the index at the end.
      int at = whole.length / 8 + random.nextInt(whole.length * 3 / 4);
      for (int i = at; i < at + 200; i++) {
        whole[i] = (byte) random.nextInt();
      }
    }
    Seen seen = grabAll(write("damaged.avi", whole));
    assertThat(seen.frames()).as("seed %d", seed).isGreaterThan(500);
    assertThat(seen.damage()).as("seed %d", seed).contains("damaged.avi is damaged: ");
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }
}
