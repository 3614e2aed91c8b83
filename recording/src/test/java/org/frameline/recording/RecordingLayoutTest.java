package org.frameline.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.frameline.protocol.ElementType;
import org.frameline.recording.write.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordingLayoutTest {

  @TempDir Path folder;

  static Stream<Arguments> entriesAndCompressions() {
    List<EntryDescription> entries =
        List.of(
            Frames.entry(ElementType.UINT8, 480, 640, 3),
            Frames.entry(ElementType.UINT8, 6, 10, 3),
            Frames.entry(ElementType.UINT8, 300, 400),
            Frames.entry(ElementType.UINT16, 240, 320),
            Frames.entry(ElementType.FLOAT32, 12, 9),
            Frames.entry(ElementType.FLOAT64, 100),
            Frames.entry(ElementType.COMPLEX64, 3, 48, 33),
            Frames.entry(ElementType.COMPLEX128, 3, 240, 161));
    return entries.stream()
        .flatMap(entry -> Stream.of(Compression.values()).map(c -> Arguments.of(entry, c)));
  }

  @ParameterizedTest
  @MethodSource("entriesAndCompressions")
  void h5pyH5dumpAndJhdfReadEveryFrame(EntryDescription entry, Compression compression)
      throws Exception {
    Path file = record(entry, compression, 11);
    assertThat(Reader.check(file))
        .singleElement()
        .asString()
        .contains("\"frames\": 11")
        .contains("\"dtype\": \"" + entry.type().wireName() + "\"")
        .contains("\"missing\": [[4, 2], [9, 1]]");
    String header = Reader.run(folder, List.of("h5dump", "-H", "-p", file.toString()));
    assertThat(header).contains("HARDLINK \"/entry/data/data\"");
    Reader.run(folder, List.of("h5dump", "-d", dumped(entry), "-o", "data.txt", file.toString()));
    assertThat(folder.resolve("data.txt")).isNotEmptyFile();
    readWithJhdf(file, entry, 11);
  }

  /** Text of large frames would take seconds; there the last one is enough. */
  private static String dumped(EntryDescription entry) {
    int dimensions = entry.frameShape().size();
    String zeros = ",0".repeat(dimensions);
    String ones = ",1".repeat(dimensions);
    return entry.frameBytes() < 10_000
        ? "/entry/data/data"
        : "/entry/data/data[0" + zeros + ";;11" + ones + ";1" + ones + "]";
  }

  private void readWithJhdf(Path file, EntryDescription entry, int frames) throws IOException {
    try (HdfFile hdf = new HdfFile(file)) {
      Dataset data = hdf.getDatasetByPath("/entry/instrument/detector/data");
      assertThat(data.getDimensions()[0]).isEqualTo(frames);
      if (!entry.type().isComplex()) {
        assertThat(data.getData()).isNotNull();
      }
      long[] numbers = (long[]) hdf.getDatasetByPath("/entry/data/timestamp_ns").getData();
      assertThat(numbers).hasSize(frames);
      ByteBuffer pixels = ((io.jhdf.dataset.chunked.ChunkedDatasetBase) data).getDataBuffer();
      for (int i = 0; i < frames; i++) {
        long number = (numbers[i] - Frames.FIRST_TIME_NS) / 1000;
        byte[] found = new byte[entry.frameBytes()];
        pixels.get(found);
        assertThat(found).isEqualTo(Frames.frame(entry, number).array());
      }
      assertThat(hdf.getDatasetByPath("/entry/title").getData()).isEqualTo("A title");
      assertThat(hdf.getByPath("/entry/stream").getAttribute("stream").getData())
          .isEqualTo("run-1 ü");
      assertThat(hdf.getDatasetByPath("/entry/missing").getDimensions()).containsExactly(2, 2);
    }
  }

  @Test
  void anEntryWithoutFramesIsReadable() throws Exception {
    Path file = folder.resolve("empty.h5");
    EntryDescription entry = Frames.entry(ElementType.UINT8, 4, 5, 3);
    RecordingWriter.open(Frames.quiet(file, Compression.NONE), entry).close();
    assertThat(Reader.check(file).get(0))
        .contains("\"shape\": [0, 4, 5, 3]")
        .contains("\"missing_shape\": [0, 2]");
    Reader.run(folder, List.of("h5dump", file.toString()));
    try (HdfFile hdf = new HdfFile(file)) {
      assertThat(hdf.getDatasetByPath("/entry/missing").getDimensions()).containsExactly(0, 2);
    }
  }

  @Test
  void namesTypesAndAttributesAreWhatTheFormatPromises() throws Exception {
    Path file = record(Frames.entry(ElementType.UINT8, 4, 5, 3), Compression.NONE, 3);
    String script = Files.readString(Path.of("src/test/resources/layout.py"));
    assertThat(Reader.h5py(file, script)).isEqualTo("ok");
  }

  @Test
  void aViewerThatFollowsDefaultSignalAndInterpretationFindsThePicture() throws Exception {
    Path file = record(Frames.entry(ElementType.UINT8, 4, 5, 3), Compression.GZIP, 3);
    String script =
        """
        with h5py.File(path, "r") as f:
            node = f
            while "default" in node.attrs:
                node = node[node.attrs["default"]]
            assert node.attrs["NX_class"] == "NXdata", node.name
            signal = node[node.attrs["signal"]]
            print(node.name, signal.attrs["interpretation"], signal.shape)
        """;
    assertThat(Reader.h5py(file, script)).isEqualTo("/entry/data rgb-image (3, 4, 5, 3)");
  }

  @Test
  void aProgramCanAddToAFinishedRecordingAndItStaysRight() throws Exception {
    Path file = record(Frames.entry(ElementType.UINT8, 4, 5, 3), Compression.NONE, 3);
    Reader.h5py(
        file,
        """
        with h5py.File(path, "r+") as f:
            f["entry"].attrs["note"] = "good run"
            f["entry/data/data"].attrs["gain"] = 2
            f.create_dataset("analysis/mean", data=np.arange(5000.0))
        """);
    assertThat(Reader.check(file).get(0)).contains("\"frames\": 3");
  }

  private Path record(EntryDescription entry, Compression compression, int frames)
      throws IOException {
    Path file = folder.resolve("recording.h5");
    try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), entry)) {
      for (int i = 0, number = 0; i < frames; i++, number++) {
        if (number == 4) {
          writer.missing(4, 2);
          number = 6;
        } else if (number == 9) {
          writer.missing(9, 1);
          number = 10;
        }
        Frames.append(writer, entry, number);
      }
      assertThat(writer.frames()).isEqualTo(frames);
    }
    return file;
  }
}
