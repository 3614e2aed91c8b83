package org.frameline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.testing.Checkout;
import org.frameline.testing.Program;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs every Python program and every command of docs/analysis.md on recordings. */
class AnalysisIT {
  private static final String DOCUMENT = "docs/analysis.md";
  private static final String MEMORY_MAP = "Memory map";
  private static final String GROWING = "A file that is still growing";
  private static final String SPECTRUM = "Results of frameline spectrum";

  @TempDir private Path folder;
  @AutoClose private Started started;

  @BeforeEach
  void nothingRunsYet() {
    started = new Started(folder);
  }

  /** What a recording can be like. All have gaps, and a last chunk that is not full. */
  private enum Kind {
    COLOUR(ElementType.UINT8, Compression.NONE, Checksum.NONE, true),
    COMPRESSED(ElementType.UINT8, Compression.GZIP, Checksum.FLETCHER32, true),
    GREY_WITH_CHECKSUMS(ElementType.UINT16, Compression.NONE, Checksum.FLETCHER32, false);

    private final ElementType type;
    private final Compression compression;
    private final Checksum checksum;
    private final boolean colour;

    Kind(ElementType type, Compression compression, Checksum checksum, boolean colour) {
      this.type = type;
      this.compression = compression;
      this.checksum = checksum;
      this.colour = colour;
    }

    private Integer[] shape() {
      return colour ? new Integer[] {240, 320, 3} : new Integer[] {240, 320};
    }

    void write(Path file) throws IOException {
      KnownRecording.stack(file, type, compression, checksum, shape());
    }
  }

  @Test
  void everyProgramOfTheDocumentIsChecked() throws Exception {
    assertThat(check().endsWith(0).lines()).contains(MEMORY_MAP, GROWING, SPECTRUM);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theProgramsFindWhatWasRecorded(Kind kind) throws Exception {
    kind.write(folder.resolve("recording.h5"));
    List<String> titles = new ArrayList<>(check().endsWith(0).lines().toList());
    titles.remove(SPECTRUM);
    if (kind.compression != Compression.NONE) {
      titles.remove(MEMORY_MAP);
      assertThat(check(MEMORY_MAP).endsWith(1))
          .contains("ValueError: recording.h5 is compressed; it cannot be mapped");
    }
    check(titles.toArray(String[]::new)).endsWith(0);

    // What is said of Blosc.
    for (String command : List.of("info blosc.h5", "export blosc.h5 --frame 0 --out blosc.png")) {
      assertThat(started.shell("scripts/frameline " + command).endsWith(1))
          .startsWith("frameline: blosc.h5: expected frames without compression or with gzip")
          .contains("blosc")
          .hasLineCount(1);
    }
  }

  @Test
  void theResultsOfSpectrumAreRead() throws Exception {
    KnownRecording.fringes(folder.resolve("recording.h5"));
    started.shell("scripts/frameline spectrum recording.h5 --out spectrum.h5").endsWith(0);
    check(SPECTRUM).endsWith(0);
  }

  @Test
  void aFileIsReadWhileItGrows() throws Exception {
    MovedPorts ports = new MovedPorts();
    Program recorder =
        started.shell(ports.inCommand("scripts/frameline record --out recording.h5"));
    Program publisher =
        started.shell(
            ports.inCommand(
                "scripts/frameline publish --source synthetic:ramp --fps 20 --frames 80"
                    + " --size 160x120 --wait-for 1"));
    Path file = folder.resolve("recording.h5");
    Awaitility.await("a recording").atMost(Duration.ofSeconds(60)).until(() -> Files.exists(file));
    String program =
        CodeBlock.of(Checkout.read(DOCUMENT), "python").stream()
            .map(CodeBlock::text)
            .filter(text -> text.contains("while not closed"))
            .findFirst()
            .orElseThrow();
    String printed = started.python(program).endsWith(0);
    publisher.endsWith(0);
    recorder.endsWith(0);
    assertThat(printed.lines()).hasSize(80);
    assertThat(printed.lines().toList().get(79)).startsWith("row 79 mean ");
  }

  @Test
  void theCommandsOfTheDocumentWork() throws Exception {
    Kind.GREY_WITH_CHECKSUMS.write(folder.resolve("recording.h5"));
    List<String> commands =
        CodeBlock.of(Checkout.read(DOCUMENT), "sh").stream()
            .flatMap(block -> block.lines().stream())
            .toList();
    assertThat(commands).hasSize(2);
    for (String command : commands) {
      // Frames are missing, and export says so.
      int exitCode = command.startsWith("frameline export") ? 3 : 0;
      started.shell(command.replaceFirst("^frameline ", "scripts/frameline ")).endsWith(exitCode);
    }
    assertThat(folder.resolve("pictures/frame_000029.tif")).exists();
    assertThat(folder.resolve("pictures/frame_000012.tif")).doesNotExist();
    assertThat(started.shell("scripts/frameline info smaller.h5").endsWith(0))
        .contains("27", "320x240, uint16", "deflate");
    String same =
        """
        import h5py
        with h5py.File("recording.h5") as one, h5py.File("smaller.h5") as other:
            for name in "data/data", "data/frame_number", "data/timestamp_ns", "missing":
                assert (one["entry"][name][:] == other["entry"][name][:]).all(), name
            assert other["entry/data/data"].compression == "gzip"
            assert one["entry/title"][()] == other["entry/title"][()]
        """;
    started.python(same).endsWith(0);
  }

  /** Runs the programs under these headings and checks what they find; without, lists all. */
  private Program check(String... titles) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of(Checkout.file(DOCUMENT)));
    arguments.addAll(Arrays.asList(titles));
    return started.script("end-to-end/src/test/python/check_analysis.py", arguments.toArray());
  }
}
