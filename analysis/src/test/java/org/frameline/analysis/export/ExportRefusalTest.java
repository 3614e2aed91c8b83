package org.frameline.analysis.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.frameline.analysis.Commands;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be done is one line, and leaves the folder as it was. */
class ExportRefusalTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void record() throws IOException {
    file =
        Recordings.noise(
            folder.resolve("r.h5"), Compression.NONE, ElementType.UINT8, List.of(20, 30), 5, 6, 8);
  }

  private List<Path> inFolder() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private String line(int code, StopSignal stop, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of(file.toString()));
    for (String arg : args) {
      all.add(arg.replace("FOLDER", folder.toString()));
    }
    Commands.Ending ending = Exports.export(stop, all.toArray());
    assertThat(ending.code()).as("%s", ending).isEqualTo(code);
    assertThat(ending.out()).isEmpty();
    assertThat(ending.err()).hasSize(code == 2 ? 2 : 1);
    return ending.err().get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--out FOLDER/x.avi | expected a folder or a name that ends in .png, .tif, .tiff or .mp4",
        "--out FOLDER/x.png | holds one picture, and 3 are asked for; add --frame N",
        "--out FOLDER/%d_%d.png | expected one %d or %06d",
        "--out FOLDER/%x.png | expected one %d or %06d",
        "--out FOLDER/x.tif --contact-sheet | ends in .png",
        "--out FOLDER/x.png --frame 5 --every 2 | expected --frame, or --from, --to and --every",
        "--out FOLDER/x --from 7 --to 6 | --to: expected a frame from 7 on, found 6",
        "--out FOLDER/x --every 0 | --every: expected 1 or more, found 0",
        "--out FOLDER/x --fps 10 | --fps is for videos",
        "--out FOLDER/x.mp4 --fps 0 | expected 0.01 to 1000.0 frames/s, found 0.0",
        "--out FOLDER/x.mp4 --fps NaN | found NaN",
        "--out FOLDER/x --range 5,5 | MIN below MAX",
        "--out FOLDER/x --range 1..2,3 | MIN below MAX",
        "--out FOLDER/x --range wide | expected full, auto or MIN,MAX",
        "--out FOLDER/x.png --contact-sheet --tiles 0x4 | expected 1 to 20 columns and rows",
        "--out FOLDER/x.png --contact-sheet --tiles many | such as 5x4",
        "--out FOLDER/x --tiles 5x4 | --tiles is for --contact-sheet",
        "--out FOLDER/x --entry entry --dataset /x | expected --entry or --dataset",
      })
  void optionsThatMakeNoSenseAreWrongUsage(String args, String words) throws Exception {
    assertThat(line(2, new StopSignal(), args.split(" ")))
        .startsWith("frameline: ")
        .contains(words);
    assertThat(inFolder()).containsExactly(file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--out FOLDER/x.png --frame 7 | none of the frames asked for is there; it holds 3, from 5"
            + " to 8",
        "--out FOLDER/x --from 9 | none of the frames asked for is there",
        "--out FOLDER/no/x.png --frame 5 | there is no directory",
        "--out FOLDER/r.h5/x --frame 5 | cannot make the folder",
        "--out /proc/x.png --frame 5 | no file can be made in /proc",
        "--out FOLDER/x --entry entry_2 | expected an entry entry_2, found entry",
        "--out FOLDER/x --dataset /none | expected a dataset /none, found none",
      })
  void whatCannotBeDoneIsOneLine(String args, String words) throws Exception {
    assertThat(line(1, new StopSignal(), args.split(" ")))
        .startsWith("frameline: ")
        .contains(words);
    assertThat(inFolder()).containsExactly(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.png", "x.tif", "x.mp4", "x/frame_000006.png"})
  void filesThatAreThereAreKeptUnlessSaidOtherwise(String name) throws Exception {
    Path there = folder.resolve(name);
    Files.createDirectories(there.getParent());
    Files.writeString(there, "mine");
    String out = name.startsWith("x/") ? "FOLDER/x" : "FOLDER/" + name;
    String[] args =
        name.startsWith("x/")
            ? new String[] {"--out", out}
            : new String[] {"--out", out, "--frame", "6"};
    assertThat(line(1, new StopSignal(), args))
        .isEqualTo(
            "frameline: " + there + " exists already; choose another name or use --overwrite");
    assertThat(there).hasContent("mine");
    assertThat(inFolder()).containsExactlyInAnyOrder(file, there);
    List<Object> all = new ArrayList<>(List.of(file, "--overwrite"));
    for (String arg : args) {
      all.add(arg.replace("FOLDER", folder.toString()));
    }
    assertThat(Exports.export(all.toArray()).code()).isIn(0, 3);
    assertThat(Files.size(there)).isGreaterThan(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.mp4", "x", "x.png --contact-sheet"})
  void whatIsStoppedLeavesNothingHalf(String out) throws Exception {
    StopSignal stop = new StopSignal();
    stop.stop();
    String[] args = ("--out FOLDER/" + out).split(" ");
    assertThat(line(1, stop, args))
        .isEqualTo("frameline: stopped after 0 of 3 frames; nothing was written");
    assertThat(inFolder()).containsExactly(file);
  }

  @Test
  void anEmptyRecordingIsOneLine() throws Exception {
    file = folder.resolve("empty.h5");
    Recordings.noise(file, Compression.NONE, ElementType.UINT8, List.of(20, 30));
    assertThat(line(1, new StopSignal(), "--out", "FOLDER/x.mp4"))
        .isEqualTo("frameline: " + file + ": there are no frames in it");
  }

  @Test
  void whatIsNoRecordingIsOneLine() throws Exception {
    file = Files.writeString(folder.resolve("text.h5"), "no HDF5 ".repeat(20));
    assertThat(line(1, new StopSignal(), "--out", "FOLDER/x.mp4")).contains("is no HDF5 file");
    file = folder.resolve("none.h5");
    assertThat(line(1, new StopSignal(), "--out", "FOLDER/x.mp4"))
        .contains("expected a file that can be read, found none");
  }

  @Test
  void aReportSaysHowManyFramesWentOut() throws Exception {
    Path report = folder.resolve("report.json");
    Exports.export(file, "--out", folder.resolve("x.mp4"), "--report", report);
    assertThat(report).content().contains("\"frames\" : 3", "\"missing\" : 1");
  }
}
