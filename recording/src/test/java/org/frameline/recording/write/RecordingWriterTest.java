package org.frameline.recording.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.RecordingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordingWriterTest {

  private final EntryDescription small = Frames.entry(ElementType.UINT8, 4, 6);

  @TempDir Path folder;

  @Test
  void refusesAFileThatExistsAndLeavesItAlone() throws Exception {
    Path file = Files.writeString(folder.resolve("taken.h5"), "precious");
    assertThatThrownBy(() -> RecordingWriter.open(Frames.quiet(file, Compression.NONE), small))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("taken.h5: exists already");
    assertThat(file).hasContent("precious");
    assertThat(listed()).containsExactly("taken.h5");
  }

  @Test
  void overwritesWhatIsThereAndLeavesNothingElseBehind() throws Exception {
    Path file = Files.write(folder.resolve("old.h5"), new byte[5_000_000]);
    record(Frames.options(file, ExistingFile.OVERWRITE, Compression.NONE), 3);
    assertThat(Reader.check(file).get(0)).contains("\"frames\": 3");
    assertThat(Files.size(file)).isLessThan(2_500_000);
    assertThat(listed()).containsExactly("old.h5");
  }

  @Test
  void appendsEntriesAndKeepsWhatOthersHaveAdded() throws Exception {
    Path file = folder.resolve("appended.h5");
    RecordingOptions append = Frames.options(file, ExistingFile.APPEND, Compression.NONE);
    record(append, 3);
    Reader.h5py(
        file,
        """
        with h5py.File(path, "r+") as f:
            f.attrs["lab"] = "B17"
            f["analysis/mean"] = np.arange(9)
            f["shortcut"] = h5py.SoftLink("/entry/data/data")
        """);
    record(append, 4);
    record(append, 5);
    assertThat(Reader.check(file).get(0))
        .matches(".*\"entry\": \\{\"frames\": 3.*_2\": \\{\"frames\": 4.*_3\": \\{\"frames\": 5.*");
    String others =
        """
        with h5py.File(path, "r") as f:
            print(f.attrs["lab"], f["analysis/mean"][8], f["shortcut"].shape, f.attrs["default"])
        """;
    assertThat(Reader.h5py(file, others)).isEqualTo("B17 8 (3, 4, 6) entry");
  }

  @Test
  void saysInOneLineWhyItCannotAppend() throws Exception {
    Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5 ".repeat(20));
    RecordingOptions append = Frames.options(text, ExistingFile.APPEND, Compression.NONE);
    assertThatThrownBy(() -> RecordingWriter.open(append, small))
        .isInstanceOf(IOException.class)
        .hasMessage(text + ": expected an HDF5 file, found another signature");
    Path old = folder.resolve("old.h5");
    Reader.h5py(old, "h5py.File(path, 'w').close()");
    assertThatThrownBy(
            () ->
                RecordingWriter.open(
                    Frames.options(old, ExistingFile.APPEND, Compression.NONE), small))
        .hasMessage(old + ": expected HDF5 superblock version 2 or 3, found 0");
  }

  @Test
  void twoWritersNeverShareAFile() throws Exception {
    Path file = folder.resolve("shared.h5");
    RecordingOptions append = Frames.options(file, ExistingFile.APPEND, Compression.NONE);
    try (RecordingWriter first = RecordingWriter.open(append, small)) {
      assertThatThrownBy(() -> RecordingWriter.open(append, small))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file.toString());
      Frames.append(first, small, 0);
    }
    record(append, 2);
    assertThat(Reader.check(file).get(0)).contains("entry_2");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void writesSeveralEntriesOfDifferentKinds(Compression compression) throws Exception {
    Path file = folder.resolve("entries.h5");
    EntryDescription spectra = Frames.entry(ElementType.COMPLEX64, 3, 8, 5);
    try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), small)) {
      Frames.append(writer, small, 7);
      writer.beginEntry(spectra);
      Frames.append(writer, spectra, 2);
      Frames.append(writer, spectra, 3);
      writer.missing(4, 6);
      writer.beginEntry(small);
      assertThat(writer.frames()).isEqualTo(3);
      assertThat(writer.missingFrames()).isEqualTo(6);
    }
    assertThat(Reader.check(file).get(0))
        .contains("\"entry\": {\"frames\": 1", "\"entry_2\": {\"frames\": 2")
        .contains("\"entry_3\": {\"frames\": 0", "\"dtype\": \"complex64\"");
  }

  @Test
  void savesByItselfWhenTheStreamHasFallenSilent() throws Exception {
    Path file = folder.resolve("silent.h5");
    RecordingOptions options = Frames.options(file, ExistingFile.REFUSE, Compression.GZIP);
    try (RecordingWriter writer = RecordingWriter.open(options, small)) {
      Frames.append(writer, small, 0);
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> writer.checkpointedFrames() == 1);
      Frames.append(writer, small, 1);
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> writer.checkpointedFrames() == 2);
      assertThat(Reader.check(file).get(0)).contains("\"frames\": 2");
      long checkpoints = writer.timings().get("checkpoint").count();
      assertThat(checkpoints).isEqualTo(2);
      assertThat(writer.timings().get("force").max()).isPositive();
      assertThat(writer.timings().get("write").mean()).isPositive();
    }
  }

  @Test
  void rejectsFramesOfAnotherSizeOrOutOfOrder() throws Exception {
    Path file = folder.resolve("order.h5");
    try (RecordingWriter writer =
        RecordingWriter.open(Frames.quiet(file, Compression.NONE), small)) {
      Frames.append(writer, small, 5);
      assertThatThrownBy(() -> Frames.append(writer, small, 5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected a frame number above 5, found 5");
      assertThatThrownBy(() -> writer.append(6, 0, ByteBuffer.allocate(25)))
          .hasMessage("expected 24 bytes for frame 6, found 25");
      Frames.append(writer, small, 6);
    }
    assertThat(Reader.check(file).get(0)).contains("\"frames\": 2");
  }

  @Test
  void acceptsDirectBuffersAtAnyPosition() throws Exception {
    EntryDescription mono16 = Frames.entry(ElementType.UINT16, 400, 500);
    for (Compression compression : Compression.values()) {
      Path file = folder.resolve(compression + ".h5");
      try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), mono16)) {
        for (int number = 0; number < 9; number++) {
          ByteBuffer direct = ByteBuffer.allocateDirect(mono16.frameBytes() + 64).position(13);
          direct.put(Frames.frame(mono16, number)).flip().position(13);
          writer.append(number, Frames.FIRST_TIME_NS + 1000L * number, direct);
        }
      }
      assertThat(Reader.check(file).get(0)).contains("\"frames\": 9");
    }
  }

  @Test
  void deadMetadataStaysBelowTwoPerMille() throws Exception {
    EntryDescription vga = Frames.entry(ElementType.UINT8, 480, 640, 3);
    ByteBuffer pixels = Frames.frame(vga, 0);
    Path file = folder.resolve("vga.h5");
    int frames = 240;
    try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, Compression.NONE), vga)) {
      for (int number = 0; number < frames; number++) {
        writer.append(number, number, pixels.duplicate());
        if (number % 60 == 59) {
          long until = number + 1L;
          writer.checkpoint();
          Awaitility.await().until(() -> writer.checkpointedFrames() == until);
        }
      }
    }
    long pixelBytes = (long) frames * vga.frameBytes();
    long others = Files.size(file) - pixelBytes - FileBody.EMERGENCY_BYTES;
    assertThat(others).isBetween(1L, pixelBytes / 500);
  }

  @Test
  void aDiskThatDoesNotConfirmIsReportedWithTheNextFrameAndAtTheEnd() throws Exception {
    Path file = folder.resolve("unconfirmed.h5");
    AtomicBoolean broken = new AtomicBoolean();
    RecordingWriter writer =
        RecordingWriter.open(
            Frames.options(file, ExistingFile.REFUSE, Compression.NONE),
            small,
            output -> new UnconfirmedOutput(output, broken));
    Frames.append(writer, small, 0);
    Awaitility.await().until(() -> writer.checkpointedFrames() == 1);
    broken.set(true);
    Frames.append(writer, small, 1);
    AtomicLong next = new AtomicLong(2);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> Frames.append(writer, small, next.getAndIncrement()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file + ": cannot write a checkpoint: Input/output"));
    assertThat(writer.checkpointedFrames()).isEqualTo(1);
    broken.set(false);
    assertThatThrownBy(writer::close).hasMessageContaining("Input/output error");
    assertThat(Reader.check(file).get(0)).contains("\"frames\": " + writer.frames());
  }

  /** A disk whose force fails as a broken one does. */
  private static final class UnconfirmedOutput extends TappedDisk {
    private final AtomicBoolean broken;

    UnconfirmedOutput(Disk output, AtomicBoolean broken) {
      super(output);
      this.broken = broken;
    }

    @Override
    public void force() throws IOException {
      if (broken.get()) {
        throw new IOException("Input/output error");
      }
      super.force();
    }
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    record(Frames.quiet(folder.resolve("threads.h5"), Compression.GZIP), 5);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("recording-")));
  }

  private void record(RecordingOptions options, int frames) throws IOException {
    try (RecordingWriter writer = RecordingWriter.open(options, small)) {
      for (int number = 0; number < frames; number++) {
        Frames.append(writer, small, number);
      }
    }
  }

  private Stream<String> listed() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
