package org.frameline.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.recording.check.Finding;
import org.frameline.recording.check.RecordingCheck;
import org.frameline.recording.check.RecordingInfo;
import org.frameline.recording.copy.RecordingCopy;
import org.frameline.recording.images.FrameReader;
import org.frameline.recording.images.ImageStack;
import org.frameline.recording.stored.StoredFile;
import org.frameline.recording.write.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recordings of which only a beginning is there, as after a copy that broke off. */
class CutShortTest {
  private static final EntryDescription ENTRY = Frames.entry(ElementType.UINT8, 60, 80, 3);
  private static final int FRAMES = 300;
  private static final int PER_CHECKPOINT = 30;
  private static final int CUTS = 40;

  @TempDir Path folder;

  /** How long the file was after each checkpoint; index 0 is that of no frame. */
  private final List<Long> ends = new ArrayList<>();

  private Path record(Compression compression) throws Exception {
    Path file = folder.resolve("whole.h5");
    try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), ENTRY)) {
      note(file);
      for (int number = 0; number < FRAMES; number++) {
        Frames.append(writer, ENTRY, number);
        if (number % PER_CHECKPOINT == PER_CHECKPOINT - 1 && number < FRAMES - 1) {
          writer.checkpoint();
          long frames = number + 1L;
          Awaitility.await().until(() -> writer.checkpointedFrames() == frames);
          note(file);
        }
      }
    }
    note(file);
    return file;
  }

  private void note(Path file) throws IOException {
    try (StoredFile state = StoredFile.open(file)) {
      ends.add(state.superblock().endOfFile());
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void theLastWholeCheckpointIsRead(Compression compression) throws Exception {
    long seed = Long.getLong("frameline.seed", System.nanoTime());
    System.out.println("-Dframeline.seed=" + seed);
    Random random = new Random(seed);
    Path whole = record(compression);
    long length = Files.size(whole);
    for (int i = 0; i < CUTS; i++) {
      Path cut = Files.copy(whole, folder.resolve("cut.h5"));
      // Also right behind a checkpoint, and one byte before its end.
      long at =
          i < ends.size()
              ? ends.get(i) - 1
              : i < 2 * ends.size() - 1
                  ? ends.get(i - ends.size())
                  : ends.get(0) + (long) (random.nextDouble() * (length - ends.get(0)));
      try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
        file.setLength(at);
      }
      if (at >= ends.get(0)) {
        assertReads(cut, at);
      } else {
        assertThatThrownBy(() -> FrameReader.open(cut))
            .hasMessageContaining("is cut short: expected " + length + " bytes, found " + at);
      }
      Files.delete(cut);
    }
  }

  private void assertReads(Path cut, long at) throws Exception {
    long checkpoints = ends.stream().filter(end -> end <= at).count();
    long frames = Math.min(FRAMES, (checkpoints - 1) * PER_CHECKPOINT);
    try (FrameReader reader = FrameReader.open(cut)) {
      assertThat(reader.cutShort()).isTrue();
      assertThat(reader.frames()).as("cut at %d of %s", at, ends).isEqualTo(frames);
      for (int row = 0; row < frames; row++) {
        assertThat(reader.frameNumber(row)).isEqualTo(row);
        assertThat(reader.frame(row)).isEqualTo(Frames.frame(ENTRY, row));
      }
    }
    RecordingInfo info = RecordingInfo.read(cut);
    assertThat(info.state()).isEqualTo(RecordingCheck.State.CUT_SHORT);
    assertThat(info.entries().get(0).rows().frames()).isEqualTo(frames);
    List<Finding> findings = new ArrayList<>();
    RecordingCheck.Result result = RecordingCheck.check(cut, findings::add, () -> false);
    assertThat(result.frames()).isEqualTo(frames);
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).text()).contains("cut short", "found " + at);
  }

  @Test
  void aCopySavesWhatIsThere() throws Exception {
    Path whole = record(Compression.GZIP);
    try (RandomAccessFile file = new RandomAccessFile(whole.toFile(), "rw")) {
      file.setLength(ends.get(4) + 100);
    }
    RecordingCopy copy =
        new RecordingCopy(
            new RecordingCopy.Request(
                List.of(whole),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                "copier",
                "1"));
    Path saved = folder.resolve("saved.h5");
    RecordingCopy.Result result = copy.run(saved, 1, count -> {}, () -> false).orElseThrow();
    assertThat(result.complete()).isFalse();
    // Judged by h5py, which cannot open the file that was cut short.
    assertThat(Reader.check(saved).get(0)).contains("\"frames\": " + 4 * PER_CHECKPOINT + ",");
  }

  @Test
  void aFileOfAnotherProgramSaysThatItIsCutShort() throws Exception {
    Path file = folder.resolve("other.h5");
    Reader.h5py(file, "h5py.File(path, 'w')['x'] = np.zeros((30, 40, 50))");
    long length = Files.size(file);
    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(600);
    }
    assertThatThrownBy(() -> ImageStack.open(file, null))
        .hasMessage(
            file
                + ": is cut short: expected "
                + length
                + " bytes, found 600, of which nothing can be read");
  }
}
