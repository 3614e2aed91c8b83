package org.frameline.recording.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.Origin;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.Unwanted;
import org.frameline.recording.check.Finding;
import org.frameline.recording.check.RecordingCheck;
import org.frameline.recording.images.FrameReader;
import org.frameline.recording.write.RecordingWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of recordings, judged by h5py, which knows what each frame has to be. */
class RecordingCopyTest {

  private static final String SAME_RECORDING =
      Path.of("src/test/resources/same_recording.py").toAbsolutePath().toString();

  /** Several fit a chunk, compressed or not, of which the last is not full. */
  private static final EntryDescription SMALL = Frames.entry(ElementType.UINT16, 100, 150);

  private static final int FEW = 23;

  @TempDir Path folder;
  private Path original;
  private Path copy;

  @BeforeEach
  void name() {
    original = folder.resolve("original.h5");
    copy = folder.resolve("copy.h5");
  }

  private static RecordingOptions options(Path file, Compression compression, Checksum checksum) {
    return new RecordingOptions(
        file, ExistingFile.APPEND, compression, checksum, Duration.ofHours(1), 2);
  }

  private static void append(
      RecordingWriter writer, EntryDescription entry, LongStream numbers, long begin)
      throws IOException {
    long expected = begin;
    for (long number : numbers.toArray()) {
      if (number > expected) {
        writer.missing(expected, number - expected);
      }
      Frames.append(writer, entry, number);
      expected = number + 1;
    }
  }

  private static Path record(Path file, Compression compression, Checksum checksum, long... numbers)
      throws IOException {
    try (RecordingWriter writer =
        RecordingWriter.open(options(file, compression, checksum), SMALL)) {
      append(writer, SMALL, Arrays.stream(numbers), numbers[0]);
    }
    return file;
  }

  private static long[] range(long first, long end) {
    return LongStream.range(first, end).toArray();
  }

  private static RecordingCopy.Request request(List<Path> files) {
    return request(files, OptionalLong.empty(), OptionalLong.empty());
  }

  private static RecordingCopy.Request request(List<Path> files, long from, long to) {
    return request(files, OptionalLong.of(from), OptionalLong.of(to));
  }

  private static RecordingCopy.Request request(
      List<Path> files, OptionalLong from, OptionalLong to) {
    return new RecordingCopy.Request(
        files, Optional.empty(), from, to, Optional.empty(), Optional.empty(), "copier", "1.2");
  }

  private RecordingCopy.Result copy(RecordingCopy.Request request) throws IOException {
    return new RecordingCopy(request).run(copy, 2, count -> {}, () -> false).orElseThrow();
  }

  private static RecordingCheck.Result sound(Path file) {
    List<Finding> findings = new ArrayList<>();
    RecordingCheck.Result result = RecordingCheck.check(file, findings::add, () -> false);
    assertThat(result.damages()).as("%s", findings).isZero();
    return result;
  }

  /** As h5py reads it; every value of every frame was right. */
  private static String read(Path file) throws Exception {
    return Reader.check(file).get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,NONE,NONE,NONE", "NONE,NONE,GZIP,FLETCHER32", "NONE,FLETCHER32,NONE,FLETCHER32",
    "NONE,FLETCHER32,NONE,NONE", "GZIP,NONE,GZIP,NONE", "GZIP,FLETCHER32,GZIP,NONE",
    "GZIP,NONE,GZIP,FLETCHER32", "GZIP,FLETCHER32,NONE,NONE", "GZIP,NONE,NONE,FLETCHER32"
  })
  void aCopySaysWhatTheOriginalSays(
      Compression compression, Checksum checksum, Compression compressed, Checksum checksummed)
      throws Exception {
    EntryDescription entry = Frames.entry(ElementType.UINT16, 100, 150);
    try (RecordingWriter writer =
        RecordingWriter.open(options(original, compression, checksum), entry)) {
      for (long number = 3; number < 50; number++) {
        if (number == 20) {
          writer.missing(20, 5);
          number = 25;
          writer.outage(25, 1234);
        }
        writer.append(
            number,
            Frames.FIRST_TIME_NS + 1000 * number,
            new Origin(2 * number, 7 * number),
            Frames.frame(entry, number));
      }
      writer.missing(50, 4);
    }
    RecordingCopy.Request all = request(List.of(original));
    RecordingCopy.Result result =
        copy(
            new RecordingCopy.Request(
                all.files(),
                all.entry(),
                all.from(),
                all.to(),
                Optional.of(compressed),
                Optional.of(checksummed),
                all.program(),
                all.programVersion()));
    assertThat(result.frames()).isEqualTo(42);
    assertThat(result.missing()).isEqualTo(9);
    assertThat(result.complete()).isTrue();
    boolean stays = compression == Compression.GZIP && compressed == Compression.GZIP;
    // 8 frames to a chunk: the last two are alone in theirs.
    assertThat(result.asTheyWere()).isEqualTo(stays ? 40 : 0);
    sound(copy);
    String stored = Reader.python(folder, List.of(SAME_RECORDING, "" + original, "" + copy));
    assertThat(stored.strip())
        .isEqualTo(
            (compressed == Compression.GZIP ? "gzip" : "None")
                + (checksummed == Checksum.FLETCHER32 ? " True" : " False"));
  }

  @Test
  void aCopySaysWhatCameAndIsNotInIt() throws Exception {
    for (long first : new long[] {0, 10}) {
      RecordingOptions options = options(original, Compression.NONE, Checksum.NONE);
      try (RecordingWriter writer = RecordingWriter.open(options, SMALL)) {
        writer.append(first, first, Frames.frame(SMALL, first));
        writer.unwanted(new Unwanted(1, 2));
        writer.unwanted(new Unwanted(0, 3));
      }
    }
    copy(request(List.of(original)));
    assertThat(sound(copy).strange()).isEqualTo(10);
    String program = "import h5py; print(dict(h5py.File('copy.h5')['entry'].attrs)['late'])";
    assertThat(Reader.python(folder, List.of("-c", program)).strip()).isEqualTo("2");
  }

  @Test
  void compressedChunksStayAsTheyAre() throws Exception {
    EntryDescription large = Frames.entry(ElementType.UINT8, 300, 300, 3);
    try (RecordingWriter writer =
        RecordingWriter.open(options(original, Compression.GZIP, Checksum.NONE), large)) {
      append(writer, large, LongStream.range(0, FEW), 0);
    }
    RecordingCopy.Result result = copy(request(List.of(original), 5, 14));
    assertThat(result.asTheyWere()).isEqualTo(10);
    assertThat(read(copy)).contains("\"frames\": 10", "\"last\": 14");
    Reader.python(
        folder,
        List.of(
            "-c",
            """
            import h5py, sys
            with h5py.File(sys.argv[1]) as one, h5py.File(sys.argv[2]) as other:
                for row in range(10):
                    raw = one['entry/data/data'].id.read_direct_chunk((row + 5, 0, 0, 0))
                    assert raw == other['entry/data/data'].id.read_direct_chunk((row, 0, 0, 0))
            """,
            original.toString(),
            copy.toString()));
  }

  /** Random pieces of one stream, some of them twice, put together and cut at random. */
  @Test
  void piecesBecomeOne() throws Exception {
    long seed = Long.getLong("frameline.seed", System.nanoTime());
    System.out.println("-Dframeline.seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 25; round++) {
      List<Path> files = new ArrayList<>();
      TreeSet<Long> there = new TreeSet<>();
      for (int piece = 0; piece < 1 + random.nextInt(4); piece++) {
        Path file = folder.resolve("piece" + round + "_" + piece + ".h5");
        int first = random.nextInt(60);
        int every = 1 + random.nextInt(6);
        long[] numbers =
            LongStream.range(first, first + 1 + random.nextInt(70))
                .filter(number -> every == 1 || random.nextInt(every) > 0)
                .toArray();
        if (numbers.length > 0) {
          Compression compression = random.nextBoolean() ? Compression.NONE : Compression.GZIP;
          record(
              file,
              compression,
              random.nextBoolean() ? Checksum.NONE : Checksum.FLETCHER32,
              numbers);
          files.add(file);
          Arrays.stream(numbers).forEach(there::add);
        }
      }
      if (files.isEmpty()) {
        continue;
      }
      List<Long> all = List.copyOf(there);
      long from = all.get(random.nextInt(all.size())) - random.nextInt(2);
      List<Long> behind = List.copyOf(there.tailSet(from));
      long to = behind.get(random.nextInt(behind.size())) + random.nextInt(2);
      List<Long> wanted = List.copyOf(there.subSet(from, true, to, true));
      RecordingCopy.Result result = copy(request(files, from, to));
      assertThat(result.frames()).as("round %d", round).isEqualTo(wanted.size());
      RecordingCheck.Result check = sound(copy);
      assertThat(check.frames()).isEqualTo(wanted.size());
      assertThat(check.missing()).isEqualTo(result.missing());
      long holes = wanted.get(wanted.size() - 1) - wanted.get(0) + 1 - wanted.size();
      // A frame beyond the ends may be known to be missing.
      assertThat(result.missing()).isBetween(holes, holes + 2);
      assertThat(read(copy)).contains("\"frames\": " + wanted.size() + ",");
      try (FrameReader reader = FrameReader.open(copy)) {
        for (int row = 0; row < wanted.size(); row++) {
          assertThat(reader.frameNumber(row)).isEqualTo(wanted.get(row));
        }
      }
      files.forEach(file -> assertThat(file.toFile().delete()).isTrue());
    }
  }

  @Test
  void twoRecordersFillEachOthersHoles() throws Exception {
    Path one = record(folder.resolve("one.h5"), Compression.NONE, Checksum.NONE, 0, 1, 2, 7, 8);
    Path other = record(folder.resolve("other.h5"), Compression.GZIP, Checksum.NONE, 2, 3, 4, 8, 9);
    RecordingCopy.Result result = copy(request(List.of(one, other)));
    assertThat(read(copy)).contains("\"frames\": 8", "\"missing\": [[5, 2]]");
    assertThat(result.repeated()).isEqualTo(2);
    assertThat(result.missing()).isEqualTo(2);
    assertThat(result.entries()).isEqualTo(1);
  }

  @Test
  void streamsStayApart() throws Exception {
    record(original, Compression.NONE, Checksum.NONE, range(0, 4));
    EntryDescription other = Frames.entry(ElementType.UINT8, 10, 20, 3);
    try (RecordingWriter writer =
        RecordingWriter.open(options(original, Compression.NONE, Checksum.NONE), other)) {
      append(writer, other, LongStream.range(4, 9), 4);
    }
    assertThat(copy(request(List.of(original))).entries()).isEqualTo(2);
    assertThat(read(copy)).contains("\"entry\": {\"frames\": 4", "\"entry_2\": {\"frames\": 5");
    assertThat(copy(request(List.of(original), 5, 6)).entries()).isEqualTo(1);
    assertThat(read(copy)).contains("\"frames\": 2", "\"last\": 6");
  }

  @Test
  void whatWasInterruptedStaysSo() throws Exception {
    EntryDescription entry = SMALL;
    try (RecordingWriter writer =
        RecordingWriter.open(options(original, Compression.NONE, Checksum.FLETCHER32), entry)) {
      append(writer, entry, LongStream.range(0, FEW), 0);
      writer.checkpoint();
      Awaitility.await().until(() -> writer.checkpointedFrames() == FEW);
      // Of a recording that goes on, what was safe when the copy began.
      assertThat(copy(request(List.of(original))).complete()).isFalse();
      assertThat(sound(copy).state()).isEqualTo(RecordingCheck.State.INTERRUPTED);
      assertThat(read(copy)).contains("\"frames\": " + FEW);
      // Its end was cut off, so nothing is missing behind it.
      assertThat(copy(request(List.of(original), 0, FEW - 2)).complete()).isTrue();
      assertThat(sound(copy).state()).isEqualTo(RecordingCheck.State.CLOSED);
    }
  }

  @Test
  void damageIsNotCopied() throws Exception {
    record(original, Compression.GZIP, Checksum.FLETCHER32, range(0, 40));
    Files.write(copy, new byte[] {1, 2, 3});
    String place =
        Reader.h5py(
            original,
            "with h5py.File(path) as f: print(f['entry/data/data'].id.get_chunk_info(2)[2])");
    byte[] bytes = Files.readAllBytes(original);
    bytes[Integer.parseInt(place) + 5] ^= 0x10;
    Files.write(original, bytes);
    assertThatThrownBy(() -> copy(request(List.of(original))))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(original + ": cannot read frame 16, row 16 of entry: expected the")
        .hasMessageContaining("checksum");
    assertNothingWasDone();
  }

  private void assertNothingWasDone() throws IOException {
    assertThat(Files.readAllBytes(copy)).containsExactly(1, 2, 3);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(original, copy);
    }
  }

  @Test
  void whatAnotherProcessWritesIsLeftAlone() throws Exception {
    record(original, Compression.NONE, Checksum.NONE, range(0, FEW));
    Path unfinished = folder.resolve("copy.h5.part");
    try (RecordingWriter other =
        RecordingWriter.open(options(unfinished, Compression.NONE, Checksum.NONE), SMALL)) {
      assertThatThrownBy(() -> copy(request(List.of(original))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is being written");
      append(other, SMALL, LongStream.range(0, FEW), 0);
    }
    assertThat(read(unfinished)).contains("\"frames\": " + FEW);
  }

  @Test
  void aStoppedCopyLeavesNothing() throws Exception {
    record(original, Compression.NONE, Checksum.NONE, range(0, FEW));
    Files.write(copy, new byte[] {1, 2, 3});
    long[] copied = {0};
    assertThat(
            new RecordingCopy(request(List.of(original)))
                .run(copy, 1, count -> copied[0] = count, () -> copied[0] == 7))
        .isEmpty();
    assertThat(copied[0]).isEqualTo(7);
    assertNothingWasDone();
  }

  @Test
  void aFullDiskLeavesWhatWasThere() throws Exception {
    record(original, Compression.NONE, Checksum.NONE, range(0, 100));
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Reader.run(
        folder, List.of("mount", "-t", "tmpfs", "-o", "size=" + (2 << 20), "tmpfs", disk + ""));
    try {
      copy = Files.write(disk.resolve("copy.h5"), new byte[] {1, 2, 3});
      assertThatThrownBy(() -> copy(request(List.of(original))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining(copy.toString());
      assertThat(Files.readAllBytes(copy)).containsExactly(1, 2, 3);
      try (var files = Files.list(disk)) {
        assertThat(files).containsExactly(copy);
      }
    } finally {
      Reader.run(folder, List.of("umount", disk.toString()));
    }
  }

  @Test
  void refusesWhatItCannotDo() throws Exception {
    record(original, Compression.NONE, Checksum.NONE, range(5, 9));
    assertThatThrownBy(() -> new RecordingCopy(request(List.of(original), 20, 30)))
        .hasMessage("none of the frames asked for is there; there are frames 5 to 8");
    Path elsewhere = folder.resolve("elsewhere.h5");
    Reader.h5py(elsewhere, "h5py.File(path, 'w')['x'] = np.zeros((3, 4, 5))");
    assertThatThrownBy(() -> new RecordingCopy(request(List.of(elsewhere))))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(elsewhere + ": ")
        .hasMessageContaining("expected");
    EntryDescription other =
        new EntryDescription(
            "t",
            List.of(4, 5),
            ElementType.UINT8,
            null,
            "c",
            null,
            java.util.Map.of(),
            "p",
            "0",
            java.time.Instant.EPOCH);
    try (RecordingWriter writer =
        RecordingWriter.open(options(original, Compression.NONE, Checksum.NONE), other)) {
      writer.append(6, 1, ByteBuffer.allocate(20));
    }
    assertThatThrownBy(() -> new RecordingCopy(request(List.of(original), 5, 7)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--entry");
  }
}
