package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamerasTest {

  private static final int NOBODY_HAS_THIS_MANY = 4711;

  @TempDir Path root;
  private Path sys;
  private Path dev;

  @BeforeEach
  void makeFolders() throws IOException {
    sys = Files.createDirectory(root.resolve("sys"));
    dev = Files.createDirectory(root.resolve("dev"));
  }

  private void plugIn(int number, String name, int index) throws IOException {
    Path node = Files.createDirectory(sys.resolve("video" + number));
    Files.writeString(node.resolve("name"), name + "\n");
    Files.writeString(node.resolve("index"), index + "\n");
    Files.createFile(dev.resolve("video" + number));
  }

  @Test
  void camerasAreListedByNumberWithoutTheirMetadataNodes() throws Exception {
    plugIn(10, "Microscope", 0);
    plugIn(2, "HD Webcam: HD Webcam", 0);
    plugIn(3, "HD Webcam: HD Webcam", 1);
    assertThat(LinuxCameras.list(sys, dev))
        .containsExactly(
            new Camera("webcam:2", "HD Webcam: HD Webcam", dev.resolve("video2").toString()),
            new Camera("webcam:10", "Microscope", dev.resolve("video10").toString()));
  }

  @Test
  void aMachineWithoutCamerasHasAnEmptyList() throws Exception {
    assertThat(LinuxCameras.list(sys, dev)).isEmpty();
    assertThat(LinuxCameras.list(root.resolve("none"), dev)).isEmpty();
  }

  @Test
  void aMissingCameraIsAnsweredWithThoseThereAre() throws Exception {
    WebcamSpec wanted = new WebcamSpec(7);
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> Cameras.linuxDevice(wanted, dev, sys))
        .withMessage(
            "no camera webcam:7; no camera was found; connect one, or use synthetic:fringes");
    plugIn(2, "HD Webcam", 0);
    plugIn(10, "Microscope", 0);
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> Cameras.linuxDevice(wanted, dev, sys))
        .withMessage("no camera webcam:7; there is webcam:2 (HD Webcam), webcam:10 (Microscope)");
    assertThat(Cameras.linuxDevice(new WebcamSpec(10), dev, sys)).endsWith("dev/video10");
  }

  @Test
  void aMissingCameraIsReportedAtOnce() {
    long start = System.nanoTime();
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(
            () -> Sources.open("webcam:" + NOBODY_HAS_THIS_MANY, request -> request).close())
        .withMessageStartingWith("no camera webcam:" + NOBODY_HAS_THIS_MANY);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void theListOfThisMachineNamesDevicesThatExist() throws Exception {
    assertThat(Cameras.list()).allSatisfy(camera -> assertThat(Path.of(camera.device())).exists());
  }
}
