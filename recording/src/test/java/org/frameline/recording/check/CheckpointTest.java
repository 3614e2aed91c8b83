package org.frameline.recording.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.Frames;
import org.frameline.recording.write.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointTest {
  private static final EntryDescription ENTRY = Frames.entry(ElementType.UINT8, 20, 30);

  @TempDir private Path folder;

  private static void appendAndCheckpoint(RecordingWriter writer, int from, int to)
      throws IOException {
    for (int number = from; number < to; number++) {
      Frames.append(writer, ENTRY, number);
    }
    writer.checkpoint();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> writer.checkpointedFrames() == to);
  }

  /** What the documentation says of a checkpoint: later bytes, and the superblock of then. */
  private static Path stateOf(Checkpoint checkpoint, Path later, Path to) throws IOException {
    Files.copy(later, to);
    try (FileChannel copy = FileChannel.open(to, StandardOpenOption.WRITE)) {
      copy.truncate(checkpoint.endOfFile());
      ByteBuffer start = checkpoint.superblock().duplicate();
      assertThat(copy.write(start, 0)).isEqualTo(Checkpoint.SUPERBLOCK_BYTES);
    }
    return to;
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void itsBytesStayRightWhateverIsWrittenLater(Compression compression) throws Exception {
    Path file = folder.resolve("recording.h5");
    Checkpoint checkpoint;
    try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), ENTRY)) {
      appendAndCheckpoint(writer, 0, 1_500);
      checkpoint = Checkpoint.ofGrowing(file).orElseThrow();
      appendAndCheckpoint(writer, 1_500, 5_000);
    }
    assertThat(Checkpoint.ofGrowing(file)).as("nobody writes any more").isEmpty();
    Path state = stateOf(checkpoint, file, folder.resolve("state.h5"));
    RecordingCheck.Result found = RecordingCheck.check(state, finding -> {}, () -> false);
    assertThat(found.damages()).isZero();
    assertThat(found.frames()).isEqualTo(1_500);
  }

  @Test
  void whatIsNoRecordingHasNone() throws Exception {
    assertThat(Checkpoint.ofGrowing(Files.write(folder.resolve("a"), new byte[100]))).isEmpty();
    assertThat(Checkpoint.ofGrowing(Files.write(folder.resolve("b"), new byte[0]))).isEmpty();
    assertThat(Checkpoint.ofGrowing(folder)).isEmpty();
    assertThat(Checkpoint.ofGrowing(folder.resolve("none"))).isEmpty();
  }
}
