package org.frameline.recording.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.check.Finding;
import org.frameline.recording.check.RecordingCheck;
import org.frameline.recording.check.RecordingCheck.Result;
import org.frameline.recording.images.FrameReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that fails at any call, and a folder that disappears. */
class FailingDiskTest {

  private static final int FRAMES = 200;
  private static final EntryDescription ENTRY = Frames.entry(ElementType.UINT8, 24, 32, 3);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"NONE,true", "NONE,false", "GZIP,true", "GZIP,false"})
  void whereverTheDiskFailsTheFileOpensWithWhatWasCalledSafe(
      Compression compression, boolean forGood) throws Exception {
    List<Path> files = new ArrayList<>();
    int step = compression == Compression.NONE ? 7 : 1;
    boolean failed = true;
    for (int goodCalls = 0; failed; goodCalls += step) {
      Path file = folder.resolve("failing" + goodCalls + ".h5");
      failed = recordOn(file, compression, goodCalls, forGood);
      if (Files.exists(file)) {
        files.add(file);
      }
    }
    assertThat(files).hasSizeGreaterThan(10);
    assertThat(Reader.check(files.toArray(Path[]::new))).hasSameSizeAs(files);
    for (Path file : files) {
      try (FrameReader reader = FrameReader.open(file)) {
        for (long row = 0; row < reader.frames(); row++) {
          assertThat(reader.frame(row)).isEqualTo(Frames.frame(ENTRY, reader.frameNumber(row)));
        }
      }
    }
  }

  /** Records as far as the disk allows, and looks at what is left; whether the disk failed. */
  private static boolean recordOn(
      Path file, Compression compression, int goodCalls, boolean forGood) throws Exception {
    AtomicReference<FailingDisk> disk = new AtomicReference<>();
    AtomicReference<RecordingWriter> opened = new AtomicReference<>();
    IOException failure =
        catchThrowableOfType(
            IOException.class,
            () ->
                opened.set(
                    RecordingWriter.open(
                        Frames.quiet(file, compression),
                        ENTRY,
                        output -> {
                          disk.set(new FailingDisk(output, goodCalls, forGood));
                          return disk.get();
                        })));
    if (failure != null) {
      assertThat(failure).hasMessage(file + ": Input/output error");
      assertThat(file).doesNotExist();
      return true;
    }
    RecordingWriter writer = opened.get();
    failure = record(writer, disk.get());
    if (failure != null) {
      assertThat(failure)
          .hasMessageStartingWith(file.toString())
          .hasMessageContaining("Input/output error")
          .hasMessageEndingWith("; " + writer.frames() + " frames are kept");
    } else {
      assertThat(writer.frames()).isEqualTo(FRAMES);
    }
    List<Finding> findings = new ArrayList<>();
    Result result = RecordingCheck.check(file, findings::add, () -> false);
    assertThat(findings).as("after %d calls", goodCalls).isEmpty();
    assertThat(result.frames())
        .as("after %d calls", goodCalls)
        .isGreaterThanOrEqualTo(writer.checkpointedFrames())
        .isGreaterThanOrEqualTo(writer.frames());
    return disk.get().hasFailed();
  }

  /** What the user is told in the end, or null. */
  private static IOException record(RecordingWriter writer, FailingDisk disk) {
    IOException failure =
        catchThrowableOfType(
            IOException.class,
            () -> {
              for (long number = 0; number < FRAMES; number++) {
                if (number % 40 == 39) {
                  long before = number;
                  writer.checkpoint();
                  Awaitility.await()
                      .pollInterval(Duration.ofMillis(1))
                      .until(() -> writer.checkpointedFrames() >= before || disk.hasFailed());
                }
                Frames.append(writer, ENTRY, number);
              }
            });
    IOException closing = catchThrowableOfType(IOException.class, writer::close);
    return closing == null ? failure : closing;
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aFolderThatIsRemovedEndsTheRecordingAtTheNextCheckpoint(Compression compression)
      throws Exception {
    Path file = Files.createDirectory(folder.resolve("data")).resolve("recording.h5");
    RecordingWriter writer =
        RecordingWriter.open(Frames.options(file, ExistingFile.REFUSE, compression), ENTRY);
    Frames.append(writer, ENTRY, 0);
    Files.delete(file);
    Files.delete(file.getParent());
    AtomicReference<IOException> failure = new AtomicReference<>();
    Awaitility.await()
        .until(
            () -> {
              failure.set(
                  catchThrowableOfType(
                      IOException.class, () -> Frames.append(writer, ENTRY, writer.frames())));
              return failure.get() != null;
            });
    assertThat(failure.get())
        .hasMessage(
            file
                + ": cannot write a checkpoint: the file, or its folder, was removed or renamed"
                + " while it was being written");
    assertThat(catchThrowableOfType(IOException.class, writer::close)).isNotNull();
  }

  @Test
  void aFileThatIsRemovedBeforeItsEndIsAFailureToo() throws Exception {
    Path file = folder.resolve("recording.h5");
    RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, Compression.NONE), ENTRY);
    Frames.append(writer, ENTRY, 0);
    Files.move(file, folder.resolve("elsewhere.h5"));
    assertThat(catchThrowableOfType(IOException.class, writer::close))
        .hasMessageContaining("was removed or renamed while it was being written");
    assertThat(Reader.check(folder.resolve("elsewhere.h5")).get(0)).contains("\"frames\": 1,");
  }
}
