package org.frameline.recording.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultGroupTest {
  @TempDir Path folder;

  @Test
  void h5pyReadsEverythingThatWasWritten() throws Exception {
    Path source = folder.resolve("recording.h5");
    try (RecordingWriter writer =
        RecordingWriter.open(
            Frames.quiet(source, Compression.NONE), Frames.entry(ElementType.UINT8, 4, 6))) {
      Frames.append(writer, Frames.entry(ElementType.UINT8, 4, 6), 3);
    }
    ResultGroup root = new ResultGroup().attribute("NX_class", "NXroot").attribute("default", "e");
    ResultGroup entry = root.group("e", "NXentry").attribute("number", 7L);
    entry.text("title", "Spektren, größer");
    entry.link("recording", "recording.h5", "/entry");
    ResultGroup data = entry.group("data", "NXdata").attribute("axes", List.of("fy", "fx"));
    double[] plane = new double[200 * 300];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = i * 0.5;
    }
    data.numbers("plane", plane, 200, 300).attribute("units", "1").attribute("flag", true);
    data.integers("counts", new long[] {-1, Long.MAX_VALUE, 3}, 3);
    data.numbers("none", new double[0], 0);
    Path file = folder.resolve("result.h5");
    root.write(file, "frameline test");

    assertThat(folder.resolve("result.h5.new")).doesNotExist();
    assertThat(
            Reader.h5py(
                file,
                """
                with h5py.File(path, "r") as f:
                    print(f.attrs["NX_class"], f.attrs["default"], f.attrs["creator"])
                    e = f["e"]
                    print(e.attrs["number"], e["title"].asstr()[()], list(e["data"].attrs["axes"]))
                    p = e["data/plane"]
                    print(p.shape, p.dtype, np.array_equal(p[:].ravel(), np.arange(60000) * 0.5))
                    print(p.attrs["units"], p.attrs["flag"])
                    print(e["data/counts"][:].tolist(), e["data/none"].shape)
                    print(e["recording/data/frame_number"][:])
                """))
        .isEqualTo(
            """
            NXroot e frameline test
            7 Spektren, größer ['fy', 'fx']
            (200, 300) float64 True
            1 True
            [-1, 9223372036854775807, 3] (0,)
            [3]\
            """);
    assertThat(Reader.run(folder, List.of("h5dump", "-H", file.toString())))
        .contains("EXTERNAL_LINK \"recording\"", "TARGETFILE \"recording.h5\"");
  }

  @Test
  void aShapeThatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ResultGroup().numbers("x", new double[5], 2, 3))
        .withMessage("expected [2, 3] numbers, found 5");
  }

  @Test
  void leavesNothingWhenItCannotBeWritten() throws Exception {
    Path nowhere = folder.resolve("no folder/result.h5");
    assertThatIOException().isThrownBy(() -> new ResultGroup().write(nowhere, "x"));
    Path taken = Files.createDirectory(folder.resolve("taken.h5"));
    Files.createFile(taken.resolve("inside"));
    assertThatIOException().isThrownBy(() -> new ResultGroup().write(taken, "x"));
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }
}
