package org.frameline.recording.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.check.Finding;
import org.frameline.recording.check.RecordingCheck;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A copy of the file at every write call, with any part of what was not forced by then. */
class PowerLossTest {

  private static final EntryDescription ENTRY = Frames.entry(ElementType.UINT8, 40, 50, 3);
  private static final int JUDGED = 100;
  private static final int EARLIER_FRAMES = 25;

  private final long seed = Long.getLong("frameline.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"NONE,false", "NONE,true", "GZIP,false", "GZIP,true"})
  void afterEveryPowerLossTheFileOpensWithWhatWasCalledSafe(
      Compression compression, boolean appending) throws Exception {
    Path file = folder.resolve("recording.h5");
    Path before = appending ? earlier(file, compression) : null;
    AtomicReference<JournalledDisk> tap = new AtomicReference<>();
    RecordingWriter writer =
        RecordingWriter.open(
            new RecordingOptions(
                file,
                ExistingFile.APPEND,
                compression,
                Checksum.FLETCHER32,
                Duration.ofHours(1),
                2),
            ENTRY,
            output -> {
              tap.set(new JournalledDisk(output));
              return tap.get();
            });
    JournalledDisk journal = tap.get();
    // Before it is valid, a new file has another name.
    int first = appending ? 0 : journal.size();
    record(writer, journal);

    int judgedEvery = 1 + (journal.size() - first) / JUDGED;
    List<Path> judged = new ArrayList<>();
    for (int cut = first; cut <= journal.size(); cut++) {
      Path copy = folder.resolve("cut" + cut + ".h5");
      journal.replay(cut, random, before, copy);
      List<Finding> findings = new ArrayList<>();
      RecordingCheck.Result result = RecordingCheck.check(copy, findings::add, () -> false);
      assertThat(findings).as("seed %d, cut %d", seed, cut).isEmpty();
      assertThat(result.frames())
          .as("seed %d, cut %d", seed, cut)
          .isGreaterThanOrEqualTo(journal.promisedBefore(cut) + (appending ? EARLIER_FRAMES : 0));
      if (cut % judgedEvery == 0 || journal.isFlip(cut - 1)) {
        judged.add(copy);
      } else {
        Files.delete(copy);
      }
    }
    assertThat(judged).hasSizeGreaterThan(50);
    assertThat(Reader.check(judged.toArray(Path[]::new))).hasSameSizeAs(judged);
  }

  /** A recording that is there before; a copy of it. */
  private Path earlier(Path file, Compression compression) throws Exception {
    try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), ENTRY)) {
      for (int number = 0; number < EARLIER_FRAMES; number++) {
        Frames.append(writer, ENTRY, number);
      }
    }
    return Files.copy(file, folder.resolve("earlier.h5"));
  }

  private void record(RecordingWriter writer, JournalledDisk journal) throws Exception {
    try (writer) {
      long number = 0;
      for (int checkpoint = 0; checkpoint < 15; checkpoint++) {
        for (int i = random.nextInt(20); i >= 0; i--) {
          Frames.append(writer, ENTRY, number++);
        }
        long before = number;
        writer.checkpoint();
        // Frames go on arriving while the disk is busy.
        Frames.append(writer, ENTRY, number++);
        Awaitility.await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> writer.checkpointedFrames() >= before);
        journal.promise(writer.checkpointedFrames());
      }
    }
    journal.promise(writer.frames());
  }
}
