package org.frameline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.Origin;
import org.frameline.recording.Compression;
import org.frameline.recording.Unwanted;
import org.frameline.testing.Python;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoCommandTest {
  @TempDir Path folder;
  private Commands.Ending ending;

  private List<String> info(Object... args) {
    ending = Commands.run(new InfoCommand(new StopSignal()), args);
    return ending.out();
  }

  private JsonNode json(Object... args) throws Exception {
    List<Object> all = new ArrayList<>(List.of(args));
    all.add("--json");
    return new ObjectMapper().readTree(String.join("\n", info(all.toArray()))).get("files");
  }

  private Path h5py(String name, String script) throws Exception {
    Path file = folder.resolve(name);
    Python.runIn(
        folder,
        "import h5py, sys, numpy as np\nwith h5py.File(sys.argv[1], 'w') as f:\n    " + script,
        file);
    return file;
  }

  /** Frames of 640x480 pixels, 10 ms apart. */
  private static Recordings frames() {
    return Recordings.of(ElementType.UINT8, List.of(480, 640))
        .atRate(100)
        .withStream(Map.of("frames_per_second", 50.0));
  }

  @Test
  void saysEverythingAboutOneFile() throws Exception {
    Path file = frames().write(folder.resolve("a.h5"), 1, 2, 3, 7, 9);
    List<String> lines = info(file);
    assertThat(ending.code()).isZero();
    assertThat(lines.get(0)).startsWith(file + ": 1 entry, 2.").endsWith(" MiB, closed in order");
    assertThat(lines.subList(1, lines.size()))
        .contains(
            "entry: A title",
            "  camera    synthetic:ramp",
            "  image     640x480 Mono8, uint8",
            "  frames    5, numbers 1 to 9; 5 missing",
            "  rate      100.00 frames/s measured, 50.00 asked",
            "  stored    compression none, checksum none, 1.8 MiB for 1.5 MiB of images, ratio"
                + " 0.83",
            "  missing   frame 0, at the beginning",
            "  missing   3 frames from 4, after 2025-11-20 20:20:00.030",
            "  missing   frame 8, after 2025-11-20 20:20:00.070")
        .anyMatch(line -> line.startsWith("  time      2025-11-20 21:00:00.500 to 2"));
  }

  @Test
  void saysTheSameToPrograms() throws Exception {
    Path file = folder.resolve("a.h5");
    frames().compressed(Compression.GZIP).write(file, 0, 1, 5);
    frames().without(new Unwanted(4, 2)).write(file, 3);
    JsonNode found = json(file).get(0);
    assertThat(found.get("file").asText()).isEqualTo(file.toString());
    assertThat(found.get("bytes").asLong()).isEqualTo(Files.size(file));
    assertThat(found.get("state").asText()).isEqualTo("closed in order");
    assertThat(found.get("entries")).hasSize(2);
    JsonNode entry = found.get("entries").get(0);
    assertThat(entry.get("shape").toString()).isEqualTo("[480,640]");
    assertThat(entry.get("frames").asInt()).isEqualTo(3);
    assertThat(entry.get("missing").asInt()).isEqualTo(3);
    assertThat(entry.get("missing_runs").toString())
        .isEqualTo(
            "[{\"first\":2,\"count\":3,\"after_timestamp_ns\":"
                + (Recordings.FIRST_NS + 10_000_000)
                + "}]");
    assertThat(entry.get("compression").asText()).isEqualTo("gzip");
    assertThat(entry.get("compression_ratio").asDouble()).isGreaterThan(50);
    assertThat(entry.get("frames_per_second").asDouble()).isEqualTo(100);
    assertThat(entry.get("frames_per_second_asked").asDouble()).isEqualTo(50);
    JsonNode second = found.get("entries").get(1);
    assertThat(second.get("entry").asText()).isEqualTo("entry_2");
    assertThat(second.get("frames").asInt()).isOne();
    assertThat(entry.get("strange").asInt()).isZero();
    assertThat(second.get("strange").asInt()).isEqualTo(2);
    assertThat(second.get("late").asInt()).isEqualTo(4);
    assertThat(second.has("frames_per_second")).isFalse();
  }

  @Test
  void saysWhatAReplayWasOf() throws Exception {
    Path file = folder.resolve("a.h5");
    frames()
        .withStream(Map.of("recorded_stream", "59cff399-ü", "zzz", "last"))
        .replaying(number -> new Origin(3 + (number + 20) % 40, 7))
        .write(file, Recordings.numbersTo(40));
    frames().replaying(number -> new Origin(5, Origin.UNKNOWN)).write(file, 0);
    frames().replaying(number -> new Origin(5, 6)).write(file);
    frames().write(file, 0);
    assertThat(info(file).stream().filter(line -> line.startsWith("  replay")))
        .containsExactly(
            "  replay    of stream 59cff399-ü, frames 3 to 42",
            "  replay    of images of another program, frames 5 to 5");
    JsonNode entries = json(file).get(0).get("entries");
    assertThat(entries.get(0).get("replay").toString())
        .isEqualTo("{\"stream\":\"59cff399-ü\",\"first_frame\":3,\"last_frame\":42}");
    assertThat(entries.get(1).get("replay").toString())
        .isEqualTo("{\"first_frame\":5,\"last_frame\":5}");
    assertThat(entries.get(3).has("replay")).isFalse();
  }

  @Test
  void manyFilesAreATableWithALineForEachEntry() throws Exception {
    Path first = frames().write(folder.resolve("a.h5"), 0, 1);
    frames().write(first, 0);
    Path second = h5py("b.h5", "f['x/y'] = np.zeros((7, 20, 30), 'u2')");
    List<String> lines = info(first, second);
    assertThat(ending.code()).isZero();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).matches("file +entry +image +format +frames +missing +frames/s .*");
    assertThat(lines.get(1)).matches(first + " +entry +640x480 +Mono8 +2 +0 +100.0 .* closed");
    assertThat(lines.get(2)).matches(first + " +entry_2 +640x480 +Mono8 +1 +0 +- .* closed");
    assertThat(lines.get(3)).matches(second + " +/x/y +30x20 +uint16 +7 +- .*another program's");
  }

  @Test
  void describesStacksOfOtherPrograms() throws Exception {
    Path file =
        h5py(
            "b.h5",
            "f.create_dataset('x', data=np.zeros((7, 20, 30, 3), 'i4'), compression='lzf')");
    assertThat(info(file))
        .contains("  dataset   /x", "  images    7", "  image     30x20x3, int32")
        .anyMatch(line -> line.startsWith("  stored    compression lzf, "));
    JsonNode found = json(file).get(0);
    assertThat(found.get("dataset").asText()).isEqualTo("/x");
    assertThat(found.get("type").asText()).isEqualTo("int32");
    assertThat(found.get("shape").toString()).isEqualTo("[20,30,3]");
  }

  @Test
  void whatCannotBeReadIsOneLineAndTheOthersAreToldAllTheSame() throws Exception {
    Path good = frames().write(folder.resolve("a.h5"), 0);
    Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5");
    Path none = folder.resolve("none.h5");
    List<String> lines = info(text, good, none);
    assertThat(ending.code()).isOne();
    assertThat(lines).hasSize(2);
    assertThat(ending.err())
        .hasSize(2)
        .allMatch(line -> line.startsWith("frameline: " + folder))
        .anyMatch(line -> line.contains("text.h5: is no HDF5 file"))
        .anyMatch(line -> line.contains("none.h5: expected a file that can be read, found none"));
  }

  @Test
  void aRecordingThatIsCutShortIsNamed() throws Exception {
    Path file = frames().write(folder.resolve("a.h5"), 0, 1, 2);
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) / 2);
    }
    assertThat(info(file)).isEmpty();
    assertThat(ending.code()).isOne();
    assertThat(ending.err()).hasSize(1);
    assertThat(ending.err().get(0)).startsWith("frameline: " + file + ": ");
  }
}
