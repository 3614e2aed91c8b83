package org.frameline.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PowerLossTest {

  private static final int CUTS = 100;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void afterEveryPowerLossTheFileOpensWithWhatWasCalledSafe(Compression compression)
      throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    AtomicReference<JournalledOutput> tap = new AtomicReference<>();
    EntryDescription entry = Frames.entry(ElementType.UINT8, 40, 50, 3);
    RecordingWriter writer =
        RecordingWriter.open(
            Frames.quiet(folder.resolve("recording.h5"), compression),
            entry,
            output -> {
              tap.set(new JournalledOutput(output));
              return tap.get();
            });
    JournalledOutput journal = tap.get();
    int opened = journal.size();
    record(writer, entry, journal, random);

    List<Integer> flips = journal.flips(opened);
    List<Path> files = new ArrayList<>();
    List<Long> promised = new ArrayList<>();
    for (int i = 0; i < CUTS; i++) {
      // Every other one at the moment when most can go wrong.
      int cut =
          i % 2 == 0
              ? flips.get(random.nextInt(flips.size()))
              : opened + random.nextInt(journal.size() - opened + 1);
      Path file = folder.resolve("cut" + i + ".h5");
      journal.replay(cut, random, file);
      files.add(file);
      promised.add(journal.promisedBefore(cut));
    }
    List<String> read = Reader.check(files.toArray(Path[]::new));
    for (int i = 0; i < CUTS; i++) {
      long frames = Long.parseLong(read.get(i).replaceAll(".*\"frames\": (\\d+).*", "$1"));
      assertThat(frames).as("seed %d, cut %d", seed, i).isGreaterThanOrEqualTo(promised.get(i));
    }
  }

  private static void record(
      RecordingWriter writer, EntryDescription entry, JournalledOutput journal, Random random)
      throws Exception {
    try (writer) {
      long number = 0;
      for (int checkpoint = 0; checkpoint < 15; checkpoint++) {
        for (int i = random.nextInt(20); i >= 0; i--) {
          Frames.append(writer, entry, number++);
        }
        long before = number;
        writer.checkpoint();
        // Frames go on arriving while the disk is busy.
        Frames.append(writer, entry, number++);
        Awaitility.await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> writer.checkpointedFrames() >= before);
        journal.promise(writer.checkpointedFrames());
      }
    }
    journal.promise(writer.frames());
  }
}
