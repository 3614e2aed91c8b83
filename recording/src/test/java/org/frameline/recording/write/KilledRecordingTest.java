package org.frameline.recording.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KilledRecordingTest {

  private static final int KILLS = 4;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void whatWasCheckpointedIsThereAfterAKill(Compression compression) throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      Path file = folder.resolve("killed" + kill + ".h5");
      long safe = recordUntilKilled(file, compression, ExistingFile.REFUSE);
      assertThat(frames(file)).as("seed %d, kill %d", seed, kill).isGreaterThanOrEqualTo(safe);
    }
  }

  @Test
  void aKillWhileTheFileIsCreatedLeavesNoFileOrAValidOne() throws Exception {
    int valid = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Path file = folder.resolve("young" + kill + ".h5");
      Process child =
          EndlessRecording.command(file, Compression.NONE, ExistingFile.REFUSE)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(child.waitFor(80 + random.nextInt(200), TimeUnit.MILLISECONDS)).isFalse();
      kill(child);
      if (Files.exists(file)) {
        valid++;
        assertThat(frames(file)).as("seed %d", seed).isGreaterThanOrEqualTo(0);
      }
    }
    assertThat(valid).isBetween(0, KILLS);
  }

  @Test
  void aKilledRecordingCanBeContinuedAgainAndAgain() throws Exception {
    Path file = folder.resolve("continued.h5");
    long first = recordUntilKilled(file, Compression.NONE, ExistingFile.REFUSE);
    long second = recordUntilKilled(file, Compression.GZIP, ExistingFile.APPEND);
    EntryDescription third = Frames.entry(ElementType.UINT16, 8, 9);
    try (RecordingWriter writer =
        RecordingWriter.open(Frames.options(file, ExistingFile.APPEND, Compression.NONE), third)) {
      Frames.append(writer, third, 5);
    }
    String read = Reader.check(file).get(0);
    assertThat(read).matches("\\{\"entry\": .*\"entry_2\": .*\"entry_3\": .*\"frames\": 1,.*");
    String[] entries = read.split("\"frames\": ", -1);
    assertThat(Long.parseLong(entries[1].split(",", 2)[0])).isGreaterThanOrEqualTo(first);
    assertThat(Long.parseLong(entries[2].split(",", 2)[0])).isGreaterThanOrEqualTo(second);
  }

  private static long frames(Path file) throws Exception {
    return Long.parseLong(Reader.check(file).get(0).replaceAll(".*\"frames\": (\\d+).*", "$1"));
  }

  /** Returns the number of frames that the recorder called safe before it died. */
  private long recordUntilKilled(Path file, Compression compression, ExistingFile existing)
      throws IOException, InterruptedException {
    Process child = EndlessRecording.command(file, compression, existing).start();
    long safe = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      for (int line = 3 + random.nextInt(25); line > 0; line--) {
        String text = lines.readLine();
        assertThat(text).as("the recorder lives").isNotNull();
        safe = Long.parseLong(text);
      }
      kill(child);
    }
    return safe;
  }

  private static void kill(Process child) throws InterruptedException {
    child.destroyForcibly();
    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }
}
