package org.frameline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Checksum;
import org.frameline.recording.Unwanted;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

  @TempDir Path folder;
  private int code;

  private List<String> verify(Object... args) {
    return verify(new StopSignal(), args);
  }

  private List<String> verify(StopSignal stop, Object... args) {
    Commands.Ending ending = Commands.run(new VerifyCommand(stop), args);
    code = ending.code();
    return ending.out();
  }

  private Path record(String name, long... numbers) throws IOException {
    return Recordings.of(ElementType.UINT8, List.of(48, 64)).write(folder.resolve(name), numbers);
  }

  @Test
  void aCompleteRecordingIsOneLineAndExitCodeZero() throws Exception {
    Path file = record("a.h5", 0, 1, 2);
    assertThat(verify(file))
        .containsExactly(
            file + ": complete: 1 entry, 3 frames, 0 missing, closed in order, no checksums");
    assertThat(code).isZero();
  }

  @Test
  void missingFramesAreListedAndExitCodeThree() throws Exception {
    Path whole = record("a.h5", 0, 1);
    Path holes = record("b.h5", 0, 4, 6);
    assertThat(verify(whole, holes))
        .containsExactly(
            whole + ": complete: 1 entry, 2 frames, 0 missing, closed in order, no checksums",
            holes + ": missing: entry: frame 1: 3 frames are missing from here on",
            holes + ": missing: entry: frame 5: this frame is missing",
            holes
                + ": readable, frames are missing: 1 entry, 3 frames, 4 missing, closed in order,"
                + " no checksums");
    assertThat(code).isEqualTo(3);
  }

  @Test
  void aRecordingThatOthersMeddledWithIsNotCalledComplete() throws Exception {
    Path file = folder.resolve("a.h5");
    Recordings frames = Recordings.of(ElementType.UINT8, List.of(48, 64));
    frames.without(new Unwanted(0, 3)).write(file, 0, 1);
    frames.without(new Unwanted(2, 0)).write(file, 0, 1);
    Path report = folder.resolve("report.json");
    assertThat(verify("--report", report, file))
        .containsExactly(
            file + ": warning: entry: 3 frames came that nobody had asked for; they are not in it",
            file + ": warning: entry_2: 2 frames came after they had been given up",
            file
                + ": readable, but disturbed while it was written: 2 entries, 4 frames, 0 missing,"
                + " 3 strange, closed in order, no checksums");
    assertThat(code).isEqualTo(3);
    assertThat(report).content().contains("\"strange\" : 3");
  }

  @Test
  void saysWhichChecksumsItCouldCompare() throws Exception {
    Path file = folder.resolve("a.h5");
    Recordings frames = Recordings.of(ElementType.UINT8, List.of(48, 64));
    frames.protectedBy(Checksum.FLETCHER32).write(file, 0, 1);
    Path report = folder.resolve("report.json");
    assertThat(verify("--report", report, file))
        .containsExactly(file + ": complete: 1 entry, 2 frames, 0 missing, closed in order");
    assertThat(report).content().contains("\"entries_without_checksums\" : 0");
    frames.protectedBy(Checksum.NONE).write(file, 0, 1, 2);
    assertThat(verify(file))
        .containsExactly(
            file
                + ": complete: 2 entries, 5 frames, 0 missing, closed in order, no checksums in 1"
                + " entry");
  }

  @Test
  void aFileThatWasCutShortSaysWhereAndExitCodeIsOne() throws Exception {
    Path file = record("a.h5", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(cut.length() - 1);
    }
    Path report = folder.resolve("report.json");
    List<String> lines = verify("--report", report, file);
    assertThat(lines.get(0)).contains(": damaged: the file is cut short: expected ", "(at byte ");
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo(
            file + ": damaged: 1 entry, 0 frames, 0 missing, 1 fault, cut short, no checksums");
    assertThat(code).isEqualTo(1);
    assertThat(report).content().contains("\"verdict\" : \"damaged\"", "\"cut short\"");
  }

  @Test
  void whatIsNoRecordingIsExitCodeOne() throws Exception {
    Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5 ".repeat(20));
    assertThat(verify(text, folder.resolve("none.h5")))
        .containsExactly(
            text + ": damaged: expected an HDF5 file, found another signature",
            text + ": no recording that can be read",
            folder.resolve("none.h5") + ": damaged: there is no such file",
            folder.resolve("none.h5") + ": no recording that can be read");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void aCheckThatIsStoppedDoesNotSayComplete() throws Exception {
    Path file = record("a.h5", 0, 1, 2);
    StopSignal stop = new StopSignal();
    stop.stop();
    assertThat(verify(stop, file)).isEmpty();
    assertThat(code).isEqualTo(1);
  }
}
