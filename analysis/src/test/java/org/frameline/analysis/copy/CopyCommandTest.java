package org.frameline.analysis.copy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.frameline.analysis.Commands;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.testing.Python;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code frameline copy}, judged by h5py. */
class CopyCommandTest {
  private static final List<Integer> SHAPE = List.of(12, 16);

  private static final String SAME_FRAMES =
      """
      import h5py, numpy as np, sys
      with h5py.File(sys.argv[1]) as copy:
          data = copy['entry/data']
          numbers = data['frame_number'][:]
          for name in sys.argv[2:]:
              with h5py.File(name) as source:
                  theirs = source['entry/data']
                  wanted = theirs['frame_number'][:]
                  rows = np.searchsorted(numbers, wanted)
                  here = (rows < len(numbers)) & (numbers[np.minimum(rows, len(numbers) - 1)] == wanted)
                  assert here.any()
                  for row, original in zip(rows[here], np.flatnonzero(here)):
                      assert np.array_equal(data['data'][row], theirs['data'][original])
                      assert data['timestamp_ns'][row] == theirs['timestamp_ns'][original]
          print(len(numbers), numbers[0], numbers[-1], data['data'].compression,
                data['data'].fletcher32, copy['entry/missing'][:].tolist())
      """;

  @TempDir Path folder;
  private Path recording;
  private Path copy;

  @BeforeEach
  void record() throws IOException {
    recording = folder.resolve("r.h5");
    copy = folder.resolve("copy.h5");
    noise(recording, 0, 40);
  }

  private static void noise(Path file, long first, long end) throws IOException {
    long[] numbers = LongStream.range(first, end).filter(n -> n < 8 || n > 10).toArray();
    Recordings.noise(file, Compression.NONE, ElementType.UINT16, SHAPE, numbers);
  }

  private static Commands.Ending copy(Object... args) {
    return Commands.run(new CopyCommand(new StopSignal()), args);
  }

  private String judge(Path... sources) throws Exception {
    Object[] arguments = new Object[sources.length + 1];
    arguments[0] = copy;
    System.arraycopy(sources, 0, arguments, 1, sources.length);
    return Python.runIn(folder, SAME_FRAMES, arguments);
  }

  @Test
  void aPartIsCut() throws Exception {
    Commands.Ending done = copy(recording, "--from", 20, "--to", 29, "--out", copy);
    assertThat(done.code()).as("%s", done).isZero();
    assertThat(done.out()).hasSize(1);
    assertThat(done.out().get(0)).startsWith(copy + ": 10 frames of 1 entry, 1.");
    assertThat(done.err()).isEmpty();
    assertThat(judge(recording)).isEqualTo("10 20 29 None False []");
  }

  @Test
  void anotherWayOfStoring() throws Exception {
    Path report = folder.resolve("report.json");
    Commands.Ending done =
        copy(
            recording,
            "--out",
            copy,
            "--compression",
            "gzip",
            "--checksum",
            "fletcher32",
            "--report",
            report);
    assertThat(done.code()).as("%s", done).isEqualTo(3);
    assertThat(done.err()).containsExactly("frameline: 3 frames are missing, as the copy says");
    assertThat(judge(recording)).isEqualTo("37 0 39 gzip True [[8, 3]]");
    JsonNode said = new ObjectMapper().readTree(report.toFile());
    assertThat(said.get("frames").asLong()).isEqualTo(37);
    assertThat(said.get("missing").asLong()).isEqualTo(3);
    assertThat(said.get("bytes").asLong()).isEqualTo(Files.size(copy));
    assertThat(said.get("complete").asBoolean()).isTrue();
  }

  @Test
  void filesOfARotationBecomeOne() throws Exception {
    Path first = folder.resolve("run_0001.h5");
    Path second = folder.resolve("run_0002.h5");
    Path third = folder.resolve("run_0010.h5");
    noise(first, 0, 30);
    noise(second, 28, 50);
    noise(third, 52, 55);
    Commands.Ending done = copy(folder.resolve("run.h5"), "--out", copy);
    assertThat(done.code()).as("%s", done).isEqualTo(3);
    assertThat(done.err())
        .containsExactly(
            "frameline: 2 frames were there more than once, and were taken once",
            "frameline: 5 frames are missing, as the copy says");
    assertThat(judge(first, second, third)).isEqualTo("50 0 54 None False [[8, 3], [50, 2]]");
  }

  @Test
  void saysWhatWasExpected() throws Exception {
    expect(2, "--to: expected a frame from 9 on, found 3", "--from", 9, "--to", 3);
    expect(2, "--compression: expected none or gzip, found \"zip\"", "--compression", "zip");
    expect(2, "--checksum: expected fletcher32 or none, found \"md5\"", "--checksum", "md5");
    expect(1, recording + ": expected an entry entry_7, found entry", "--entry", "entry_7");
    expect(1, "none of the frames asked for is there; there are frames 0 to 39", "--from", 70);
    expect(1, "there is no such file", folder.resolve("none.h5"));
    Files.writeString(folder.resolve("text.h5"), "no HDF5");
    expect(1, "text.h5: ", folder.resolve("text.h5"));
    assertThat(copy).doesNotExist();
    Files.writeString(copy, "mine");
    expect(1, copy + " exists already");
    assertThat(copy).hasContent("mine");
    Commands.Ending itself = copy(recording, "--out", recording, "--overwrite");
    assertThat(itself.code()).isEqualTo(2);
    assertThat(itself.err().get(0)).contains("expected --out to be another file");
    assertThat(copy(recording, "--out", copy, "--overwrite").code()).isEqualTo(3);
    assertThat(judge(recording)).startsWith("37 ");
  }

  private void expect(int code, String line, Object... more) {
    Object[] args = new Object[more.length + 3];
    args[0] = recording;
    args[1] = "--out";
    args[2] = copy;
    System.arraycopy(more, 0, args, 3, more.length);
    Commands.Ending ending = copy(args);
    assertThat(ending.code()).as("%s", ending).isEqualTo(code);
    assertThat(ending.err().get(0)).contains(line);
    assertThat(ending.err().stream().filter(it -> !it.startsWith("Try ")).toList()).hasSize(1);
  }

  @Test
  void aStoppedCopyLeavesNothing() {
    StopSignal stop = new StopSignal();
    stop.stop();
    Commands.Ending stopped = Commands.run(new CopyCommand(stop), recording, "--out", copy);
    assertThat(stopped.code()).isEqualTo(1);
    assertThat(stopped.err()).containsExactly("frameline: stopped; there is no " + copy);
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains("copy"));
  }
}
