package org.frameline.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.frameline.fft.engine.FftEngines;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.protocol.PixelFormat;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is measured without other processes; figures are right when they are there and positive. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class ProbesTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path folder;
  private final StopSignal stop = new StopSignal();
  private final Findings findings = new Findings();

  @Test
  void memoryIsCopiedByOneThreadAndByAll() {
    new MemoryProbe(stop).measure(SHORT, findings);
    int all = Runtime.getRuntime().availableProcessors();
    assertThat(findings.of(Section.MEMORY))
        .extracting(figure -> figure.number("threads"))
        .containsExactlyElementsOf(Set.of(1, all).stream().sorted().toList());
    assertThat(findings.of(Section.MEMORY)).allMatch(figure -> figure.bytesPerSecond() > 0);
  }

  @Test
  void theDiskIsWrittenToAndNothingIsLeft() {
    try (Workspace workspace = Workspace.in(folder)) {
      new DiskProbe(workspace, stop).measure(SHORT, findings);
      assertThat(folder).isNotEmptyDirectory();
    }
    assertThat(folder).isEmptyDirectory();
    assertThat(findings.of(Section.DISK))
        .singleElement()
        .satisfies(figure -> assertThat(figure.perSecond().samples()).isEqualTo(3));
  }

  @Test
  void everyEngineTransformsEverySize() {
    Camera camera = new Camera(60, 40, PixelFormat.MONO8);
    new FftProbe(camera, stop).measure(SHORT, findings);
    assertThat(findings.of(Section.FFT))
        .hasSize(FftEngines.all().namesHere().size() * FftProbe.sizes(camera).size())
        .allMatch(figure -> figure.perSecond().low() > 0);
  }

  @Test
  void nothingIsMeasuredAfterTheStop() {
    stop.stop();
    try (Workspace workspace = Workspace.in(folder)) {
      new MemoryProbe(stop).measure(SHORT, findings);
      new DiskProbe(workspace, stop).measure(SHORT, findings);
      new FftProbe(Measured.CAMERA, stop).measure(SHORT, findings);
    }
    for (Section section : Section.values()) {
      assertThat(findings.of(section)).isEmpty();
    }
  }

  @Test
  void theCameraIsAmongTheSizesAndNoOtherIsAboutAsLarge() {
    Camera small = new Camera(30, 30, PixelFormat.MONO8);
    assertThat(new TransportProbe(small, new FreePorts(), stop).sizes())
        .hasSize(4)
        .startsWith(small);
    assertThat(new TransportProbe(Measured.CAMERA, new FreePorts(), stop).sizes())
        .extracting(Camera::frameBytes)
        .containsExactly(1L << 10, 32L << 10, 921_600L, 4L << 20, 32L << 20);
  }

  @Test
  void aFolderThatIsNotThereOrIsNoneIsOneLine() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    for (Path wrong : List.of(folder.resolve("none"), file)) {
      assertThatThrownBy(() -> Workspace.in(wrong))
          .isInstanceOf(ProgramException.class)
          .hasMessage("--dir: there is no folder " + wrong);
    }
  }

  @Test
  void eachSectionGetsItsPartOfTheTime() {
    Set<Section> some = EnumSet.of(Section.MEMORY, Section.DISK);
    assertThat(config(some, 0).time(Section.DISK)).isEqualTo(Duration.ofSeconds(5));
    assertThat(config(some, 14).time(Section.DISK)).isEqualTo(Duration.ofSeconds(10));
    assertThat(config(EnumSet.allOf(Section.class), 0).time(Section.TRANSPORT))
        .isEqualTo(Duration.ofSeconds(17));
  }

  private BenchConfig config(Set<Section> sections, int seconds) {
    return new BenchConfig(Measured.CAMERA, folder, sections, seconds, false);
  }
}
