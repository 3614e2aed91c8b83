package org.frameline.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.recording.check.Finding;
import org.frameline.recording.check.RecordingCheck;
import org.frameline.recording.check.RecordingCheck.Result;
import org.frameline.recording.check.RecordingCheck.State;
import org.frameline.recording.check.RecordingInfo;
import org.frameline.recording.images.FrameReader;
import org.frameline.recording.write.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumTest {

  private static final EntryDescription ENTRY = Frames.entry(ElementType.UINT16, 100, 201);
  private static final int FRAMES = 1_060;
  private static final String DETECTOR = "/entry/instrument/detector/";

  @TempDir Path folder;
  private final List<Finding> findings = new ArrayList<>();

  private Result check(Path file) {
    findings.clear();
    return RecordingCheck.check(file, findings::add, () -> false);
  }

  private Path record(Compression compression, Checksum checksum) throws IOException {
    Path file = folder.resolve("recording.h5");
    try (RecordingWriter writer =
        RecordingWriter.open(options(file, compression, checksum), ENTRY)) {
      fill(writer);
    }
    return file;
  }

  private static RecordingOptions options(Path file, Compression compression, Checksum checksum) {
    return new RecordingOptions(
        file, ExistingFile.APPEND, compression, checksum, Duration.ofHours(1), 2);
  }

  /** Frames 0 to 1064, some of them missing. */
  private static void fill(RecordingWriter writer) throws IOException {
    for (int number = 0; number < FRAMES + 5; number++) {
      if (number == 40) {
        writer.missing(40, 5);
        writer.outage(45, 700);
        number = 45;
      }
      Frames.append(writer, ENTRY, number);
    }
  }

  /** Where a chunk is in the file, and its size, as HDF5 says. */
  private static long[] chunk(Path file, String dataset, int index) throws Exception {
    String script =
        """
        with h5py.File(path, "r") as f:
            chunk = f["%s"].id.get_chunk_info(%d)
            print(chunk.byte_offset, chunk.size)
        """
            .formatted(dataset, index);
    String[] numbers = Reader.h5py(file, script).split(" ", 2);
    return new long[] {Long.parseLong(numbers[0]), Long.parseLong(numbers[1])};
  }

  private static void flip(Path path, long position) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(position);
      int before = file.read();
      file.seek(position);
      file.write(before ^ 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void everyChunkOfAClosedRecordingHasAChecksumThatH5pyKnows(Compression compression)
      throws Exception {
    Path file = record(compression, Checksum.FLETCHER32);
    String script =
        """
        with h5py.File(path, "r") as f:
            for name in ("entry/data/data", "entry/data/frame_number", "entry/data/timestamp_ns",
                         "entry/missing", "entry/outages"):
                d = f[name]
                assert d.fletcher32 and "open_chunk" not in d.attrs, name
                assert d.id.get_num_chunks() == -(-d.shape[0] // d.chunks[0]), name
                for i in range(d.id.get_num_chunks()):
                    assert d.id.get_chunk_info(i).filter_mask == 0, (name, i)
                d[()]
            print(f["entry/data/data"].compression, f["entry/data/data"].shuffle)
        """;
    boolean gzip = compression == Compression.GZIP;
    assertThat(Reader.h5py(file, script)).isEqualTo(gzip ? "gzip True" : "None False");
    assertThat(Reader.check(file)).hasSize(1);
    assertThat(check(file).damages()).isZero();
    assertThat(RecordingInfo.read(file).entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.checksum()).isEqualTo(Checksum.FLETCHER32);
              assertThat(entry.compression()).isEqualTo(compression);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, data/data, 1",
    "NONE, data/data, 40",
    "GZIP, data/data, 3",
    "NONE, data/frame_number, 0",
    "NONE, data/frame_number, 1",
    "NONE, data/timestamp_ns, 1",
    "NONE, missing, 0",
    "NONE, outages, 0",
  })
  void aFlippedBitIsAnErrorInH5pyAndHasItsPlaceInTheCheck(
      Compression compression, String dataset, int chunk) throws Exception {
    Path file = record(compression, Checksum.FLETCHER32);
    long[] place = chunk(file, "entry/" + dataset, chunk);
    for (long position : new long[] {place[0] + 8, place[0] + place[1] - 1}) {
      flip(file, position);
      String script =
          """
          with h5py.File(path, "r") as f:
              try:
                  f["entry/%s"][()]
              except OSError as error:
                  print(type(error).__name__, "Fletcher32" in str(error))
          """
              .formatted(dataset);
      assertThat(Reader.h5py(file, script)).isEqualTo("OSError True");
      assertThat(check(file).damages()).isPositive();
      assertThat(findings)
          .filteredOn(it -> it.address() == place[0])
          .singleElement()
          .satisfies(it -> assertThat(it.text()).contains("expected the checksum"))
          .satisfies(
              it -> {
                if (dataset.equals("data/data")) {
                  int perChunk = compression == Compression.GZIP ? 6 : 26;
                  int row = chunk * perChunk;
                  assertThat(it.frame()).isEqualTo(row < 40 ? row : row + 5);
                }
              });
      flip(file, position);
    }
    assertThat(check(file).damages()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void ourReaderSaysWhichFrameIsDamaged(Compression compression) throws Exception {
    Path file = record(compression, Checksum.FLETCHER32);
    flip(file, chunk(file, "entry/data/data", 2)[0] + 30);
    int damaged = 2 * (compression == Compression.GZIP ? 6 : 26);
    try (FrameReader reader = FrameReader.open(file)) {
      assertThat(reader.frame(damaged - 1))
          .isEqualTo(Frames.frame(ENTRY, reader.frameNumber(damaged - 1)));
      assertThatIOException()
          .isThrownBy(() -> reader.frame(damaged))
          .withMessageContaining("row " + damaged)
          .withMessageContaining("expected the checksum");
    }
    flip(file, chunk(file, "entry/data/timestamp_ns", 0)[0]);
    assertThatIOException()
        .isThrownBy(
            () -> {
              try (FrameReader reader = FrameReader.open(file)) {
                reader.timestampNs(0);
              }
            })
        .withMessageContaining("expected the checksum");
    assertThatIOException()
        .isThrownBy(() -> RecordingInfo.read(file))
        .withMessageContaining("timestamp_ns, rows 0 to 1023: expected the checksum");
  }

  /** The last chunks are being filled: HDF5 reads them without checksums, we know better. */
  @Test
  void aRecordingThatBrokeOffIsReadableAndItsOpenChunksAreVerified() throws Exception {
    Path file = folder.resolve("recording.h5");
    Path copy = folder.resolve("copy.h5");
    try (RecordingWriter writer =
        RecordingWriter.open(options(file, Compression.NONE, Checksum.FLETCHER32), ENTRY)) {
      fill(writer);
      writer.checkpoint();
      Awaitility.await().until(() -> writer.checkpointedFrames() == FRAMES);
      Files.copy(file, copy);
      // What comes next is written into the same chunks.
      Frames.append(writer, ENTRY, FRAMES + 5L);
    }
    assertThat(Reader.check(copy)).singleElement().asString().contains("\"frames\": " + FRAMES);
    try (FrameReader reader = FrameReader.open(copy)) {
      assertThat(reader.frameNumber(FRAMES - 1)).isEqualTo(FRAMES + 4);
      assertThat(reader.frame(FRAMES - 1)).isEqualTo(Frames.frame(ENTRY, FRAMES + 4));
    }
    assertThat(check(copy).state()).isEqualTo(State.INTERRUPTED);
    assertThat(findings).filteredOn(it -> it.kind() == Finding.Kind.DAMAGE).isEmpty();
    for (String dataset :
        List.of("data/data", "data/frame_number", "data/timestamp_ns", "missing")) {
      int last = dataset.equals("data/data") ? 40 : dataset.equals("missing") ? 0 : 1;
      long place = chunk(copy, "entry/" + dataset, last)[0];
      flip(copy, place + 1);
      assertThat(check(copy).damages()).as(dataset).isPositive();
      assertThat(findings).as(dataset).anyMatch(it -> it.address() == place);
      flip(copy, place + 1);
    }
    assertThat(check(copy).damages()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aRecordingWithoutChecksumsIsReadCheckedAndAppendedTo(Compression compression)
      throws Exception {
    Path file = record(compression, Checksum.NONE);
    assertThat(Reader.h5py(file, "print(h5py.File(path)['entry/missing'].fletcher32)"))
        .isEqualTo("False");
    assertThat(RecordingInfo.read(file).entries())
        .allSatisfy(entry -> assertThat(entry.checksum()).isEqualTo(Checksum.NONE));
    try (RecordingWriter writer =
        RecordingWriter.open(options(file, compression, Checksum.FLETCHER32), ENTRY)) {
      fill(writer);
    }
    assertThat(check(file).frames()).isEqualTo(2 * FRAMES);
    assertThat(check(file).damages()).isZero();
    assertThat(Reader.check(file)).hasSize(1);
    for (String entry : List.of("entry", "entry_2")) {
      try (FrameReader reader = FrameReader.open(file, entry)) {
        for (int i : new int[] {0, 45, 1_030, FRAMES - 1}) {
          assertThat(reader.frame(i)).isEqualTo(Frames.frame(ENTRY, reader.frameNumber(i)));
        }
      }
    }
  }

  @Test
  void h5dumpReadsAndNamesTheFilter() throws Exception {
    Path file = record(Compression.NONE, Checksum.FLETCHER32);
    String header =
        Reader.run(
            folder, List.of("h5dump", "-p", "-d", DETECTOR + "frame_number", file.toString()));
    assertThat(header).contains("CHECKSUM FLETCHER32").contains("1064");
  }
}
