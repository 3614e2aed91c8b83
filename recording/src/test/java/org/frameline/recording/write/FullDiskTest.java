package org.frameline.recording.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** On a small file system of its own, for which the test must run as root. */
class FullDiskTest {

  private static final int DISK_BYTES = 8 << 20;
  private static final int ATTEMPTS = 10;

  @TempDir Path folder;
  private Path disk;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    Reader.run(
        folder, List.of("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "tmpfs", disk + ""));
  }

  @AfterEach
  void unmountIt() throws Exception {
    Reader.run(folder, List.of("umount", disk.toString()));
  }

  @ParameterizedTest
  @CsvSource({"NONE,480,640", "NONE,60,80", "GZIP,480,640", "GZIP,60,80"})
  void aFullDiskEndsTheRecordingWithEveryFrameThatFits(
      Compression compression, int height, int width) throws Exception {
    EntryDescription entry = Frames.entry(ElementType.UINT8, height, width, 3);
    List<Path> copies = new ArrayList<>();
    List<Long> kept = new ArrayList<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Another rest each time, so that the disk is full in the middle of everything.
      Path filler = disk.resolve("filler");
      Files.write(filler, new byte[DISK_BYTES - 1_200_000 - attempt * 53_000]);
      Path file = disk.resolve("recording.h5");
      kept.add(recordUntilFull(file, compression, entry));
      copies.add(Files.copy(file, folder.resolve("copy" + attempt + ".h5")));
      Files.delete(file);
      Files.delete(filler);
    }
    List<String> read = Reader.check(copies.toArray(Path[]::new));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      assertThat(read.get(attempt)).contains("\"frames\": " + kept.get(attempt) + ",");
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aDiskThatOthersFillBeforeTheEndCostsNoFrame(Compression compression) throws Exception {
    EntryDescription entry = Frames.entry(ElementType.UINT8, 30, 40, 3);
    Path file = disk.resolve("recording.h5");
    try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), entry)) {
      for (int number = 0; number < 100; number++) {
        Frames.append(writer, entry, number);
      }
      if (compression == Compression.GZIP) {
        writer.checkpoint();
        Awaitility.await().until(() -> writer.checkpointedFrames() == 100);
      }
      writer.missing(100, 3);
      IOException full =
          catchThrowableOfType(
              IOException.class,
              () -> Files.write(disk.resolve("filler"), new byte[2 * DISK_BYTES]));
      assertThat(full).hasMessageContaining("No space left on device");
    }
    assertThat(Reader.check(file).get(0))
        .contains("\"frames\": 100,")
        .contains("\"missing\": [[100, 3]]");
  }

  private static long recordUntilFull(Path file, Compression compression, EntryDescription entry)
      throws IOException {
    RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), entry);
    IOException failure =
        catchThrowableOfType(
            IOException.class,
            () -> {
              for (long number = 0; number < 1_000_000; number++) {
                if (number % 17 == 5) {
                  writer.checkpoint();
                }
                Frames.append(writer, entry, number);
              }
            });
    assertThat(failure)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("No space left on device")
        .hasMessageEndingWith("frames are kept");
    assertThat(failure.getMessage()).contains("; " + writer.frames() + " frames");
    writer.close();
    return writer.frames();
  }
}
