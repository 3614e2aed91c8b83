package org.frameline.recording.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.write.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FrameReaderTest {

  @TempDir Path folder;

  static Stream<Arguments> kinds() {
    return Stream.of(Compression.values())
        .flatMap(
            compression ->
                Stream.of(
                    Arguments.of(compression, ElementType.UINT8, List.of(4, 6)),
                    Arguments.of(compression, ElementType.UINT8, List.of(480, 640, 3)),
                    Arguments.of(compression, ElementType.UINT16, List.of(400, 500)),
                    Arguments.of(compression, ElementType.FLOAT32, List.of(3, 120, 81)),
                    Arguments.of(compression, ElementType.FLOAT64, List.of(7)),
                    Arguments.of(compression, ElementType.COMPLEX64, List.of(120, 81)),
                    Arguments.of(compression, ElementType.COMPLEX128, List.of(5, 3))));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void givesBackEveryFrameWithItsNumberAndTime(
      Compression compression, ElementType type, List<Integer> shape) throws Exception {
    Path file = folder.resolve("all.h5");
    EntryDescription entry = Frames.entry(type, shape.toArray(Integer[]::new));
    write(file, compression, entry, 11);
    try (FrameReader reader = FrameReader.open(file)) {
      assertThat(reader.frames()).isEqualTo(11);
      assertThat(reader.frameShape()).isEqualTo(shape);
      assertThat(reader.type()).isEqualTo(type);
      // Backwards too, because chunks are kept from one call to the next.
      for (int index : new int[] {0, 1, 2, 3, 10, 9, 8, 7, 6, 5, 4, 0}) {
        assertThat(reader.frameNumber(index)).isEqualTo(2L * index);
        assertThat(reader.timestampNs(index)).hasValue(Frames.FIRST_TIME_NS + 2000L * index);
        assertThat(reader.frame(index)).isEqualTo(Frames.frame(entry, 2L * index));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void givesEachOfTwoThreadsItsFramesInMemoryOfItsOwn(
      Compression compression, ElementType type, List<Integer> shape) throws Exception {
    Path file = folder.resolve("all.h5");
    EntryDescription entry = Frames.entry(type, shape.toArray(Integer[]::new));
    write(file, compression, entry, 11);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (FrameReader reader = FrameReader.open(file)) {
      List<Future<Void>> done = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        done.add(threads.submit(() -> requireFrames(reader, entry)));
      }
      for (Future<Void> one : done) {
        one.get();
      }
      assertThat(reader.frame(3)).as("still open").isEqualTo(Frames.frame(entry, 6));
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void requireFrames(FrameReader of, EntryDescription entry) throws IOException {
    try (FrameReader reader = of.another()) {
      ByteBuffer memory = ByteBuffer.allocateDirect(Frames.frame(entry, 0).remaining() + 3);
      for (int index : new int[] {0, 1, 2, 3, 10, 9, 8, 7, 6, 5, 4, 0}) {
        assertThat(reader.frame(index, memory)).isEqualTo(Frames.frame(entry, 2L * index));
      }
      assertThatThrownBy(() -> reader.frame(11, memory))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    return null;
  }

  @Test
  void framesStayReadableAfterClosing() throws Exception {
    Path file = folder.resolve("closed.h5");
    EntryDescription entry = Frames.entry(ElementType.UINT8, 48, 64);
    write(file, Compression.NONE, entry, 3);
    ByteBuffer frame;
    try (FrameReader reader = FrameReader.open(file)) {
      frame = reader.frame(1);
    }
    assertThat(frame.isReadOnly()).isTrue();
    assertThat(frame).isEqualTo(Frames.frame(entry, 2));
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void readsWhatIsCheckpointedWhileTheFileIsBeingWritten(Compression compression) throws Exception {
    Path file = folder.resolve("live.h5");
    EntryDescription entry = Frames.entry(ElementType.UINT8, 48, 64);
    try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), entry)) {
      try (FrameReader reader = FrameReader.open(file)) {
        assertThat(reader.frames()).isZero();
      }
      Frames.append(writer, entry, 0);
      writer.checkpoint();
      Awaitility.await().until(() -> writer.checkpointedFrames() == 1);
      Frames.append(writer, entry, 1);
      try (FrameReader reader = FrameReader.open(file)) {
        assertThat(reader.frames()).isOne();
        assertThat(reader.frame(0)).isEqualTo(Frames.frame(entry, 0));
      }
    }
  }

  @Test
  void opensAnyEntry() throws Exception {
    Path file = folder.resolve("entries.h5");
    EntryDescription first = Frames.entry(ElementType.UINT8, 4, 6);
    EntryDescription second = Frames.entry(ElementType.FLOAT32, 8, 5);
    try (RecordingWriter writer =
        RecordingWriter.open(Frames.quiet(file, Compression.NONE), first)) {
      Frames.append(writer, first, 7);
      writer.beginEntry(second);
      Frames.append(writer, second, 9);
    }
    try (FrameReader reader = FrameReader.open(file, "entry_2")) {
      assertThat(reader.frameNumber(0)).isEqualTo(9);
      assertThat(reader.frame(0)).isEqualTo(Frames.frame(second, 9));
    }
  }

  @Test
  void saysInOneLineWhatItCannotRead() throws Exception {
    Path file = folder.resolve("one.h5");
    write(file, Compression.NONE, Frames.entry(ElementType.UINT8, 4, 6), 1);
    try (FrameReader reader = FrameReader.open(file)) {
      assertThatThrownBy(() -> reader.frame(1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> reader.frameNumber(-1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatThrownBy(() -> FrameReader.open(file, "entry_2"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("one.h5")
        .hasMessageContaining("entry_2");
    Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5 ".repeat(20));
    assertThatThrownBy(() -> FrameReader.open(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.h5: is no HDF5 file");
    Path other = folder.resolve("other.h5");
    Reader.h5py(
        other,
        """
        with h5py.File(path, "w") as f:
            f.create_dataset("entry/instrument/detector/data", data=np.zeros((2, 3, 4), "i4"),
                             chunks=(1, 3, 4))
        """);
    try (FrameReader reader = FrameReader.open(other)) {
      assertThatThrownBy(() -> reader.frame(0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("found int32");
    }
    try (FrameReader reader = FrameReader.ofDataset(other, null)) {
      assertThat(reader.frameNumber(1)).isEqualTo(1);
      assertThat(reader.timestampNs(1)).isEmpty();
    }
    assertThatThrownBy(() -> FrameReader.open(folder.resolve("none.h5")))
        .hasMessageContaining("no such file");
  }

  private static void write(Path file, Compression compression, EntryDescription entry, int frames)
      throws IOException {
    try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), entry)) {
      for (int number = 0; number < frames; number++) {
        Frames.append(writer, entry, 2L * number);
      }
    }
  }
}
