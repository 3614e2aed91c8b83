package org.frameline.recording.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.check.RecordingCheck.Result;
import org.frameline.recording.check.RecordingCheck.State;
import org.frameline.recording.write.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordingCheckTest {

  private static final EntryDescription ENTRY = Frames.entry(ElementType.UINT16, 20, 30);

  @TempDir Path folder;
  private final List<Finding> findings = new ArrayList<>();

  private Result check(Path file) {
    findings.clear();
    return RecordingCheck.check(file, findings::add, () -> false);
  }

  private Path record(Compression compression, int frames) throws Exception {
    Path file = folder.resolve("recording.h5");
    try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), ENTRY)) {
      for (int number = 0; number < frames; number++) {
        Frames.append(writer, ENTRY, number);
      }
    }
    return file;
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aRecordingThatWasClosedIsComplete(Compression compression) throws Exception {
    Result result = check(record(compression, 3_000));
    assertThat(findings).isEmpty();
    assertThat(result).isEqualTo(new Result(1, 3_000, 0, 0, 0, 0, 0, State.CLOSED, 0, false));
    assertThat(check(Files.move(folder.resolve("recording.h5"), folder.resolve("moved.h5"))))
        .isEqualTo(result);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void severalEntriesWithWhatIsMissingAndOutages(Compression compression) throws Exception {
    Path file = folder.resolve("entries.h5");
    EntryDescription second = Frames.entry(ElementType.COMPLEX64, 3, 16, 17);
    try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), ENTRY)) {
      writer.missing(2, 3);
      Frames.append(writer, ENTRY, 5);
      writer.missing(6, 1);
      writer.missing(7, 2);
      writer.outage(9, 1_200);
      Frames.append(writer, ENTRY, 9);
      writer.missing(10, 7);
      writer.beginEntry(second);
      Frames.append(writer, second, 0);
    }
    assertThat(check(file)).isEqualTo(new Result(2, 3, 13, 1, 0, 0, 0, State.CLOSED, 0, false));
    assertThat(findings)
        .extracting(Finding::kind, Finding::frame)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Finding.Kind.MISSING, 2L),
            org.assertj.core.groups.Tuple.tuple(Finding.Kind.MISSING, 6L),
            org.assertj.core.groups.Tuple.tuple(Finding.Kind.MISSING, 7L),
            org.assertj.core.groups.Tuple.tuple(Finding.Kind.MISSING, 10L));
  }

  @Test
  void framesThatAreNeitherThereNorListedAreDamage() throws Exception {
    Path file = folder.resolve("gap.h5");
    try (RecordingWriter writer =
        RecordingWriter.open(Frames.quiet(file, Compression.NONE), ENTRY)) {
      Frames.append(writer, ENTRY, 3);
      Frames.append(writer, ENTRY, 5);
      writer.missing(6, 1);
      Frames.append(writer, ENTRY, 8);
      writer.missing(9, 2);
      Frames.append(writer, ENTRY, 10);
    }
    assertThat(check(file).damages()).isEqualTo(3);
    assertThat(findings)
        .filteredOn(finding -> finding.kind() == Finding.Kind.DAMAGE)
        .extracting(Finding::frame)
        .containsExactly(5L, 8L, 10L);
  }

  @Test
  void aClockThatJumpsIsAWarningAndNoDamage() throws Exception {
    Path file = folder.resolve("clock.h5");
    try (RecordingWriter writer =
        RecordingWriter.open(Frames.quiet(file, Compression.NONE), ENTRY)) {
      writer.append(0, 2_000_000_000L, Frames.frame(ENTRY, 0));
      writer.append(1, 500_000_000L, Frames.frame(ENTRY, 1));
      writer.append(2, 9_000_000_000L, Frames.frame(ENTRY, 2));
    }
    assertThat(check(file).damages()).isZero();
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).kind()).isEqualTo(Finding.Kind.WARNING);
    assertThat(findings.get(0).frame()).isOne();
    assertThat(findings.get(0).text()).contains("went back by 1500.000 ms");
  }

  @Test
  void aClockThatIsPutBackWhileRecordingIsAWarning() throws Exception {
    Path file = folder.resolve("clock.h5");
    EntryDescription later =
        new EntryDescription(
            "A title",
            List.of(2, 3),
            ElementType.UINT8,
            "image",
            "synthetic:ramp",
            "Mono8",
            java.util.Map.of(),
            "frameline record",
            "0.1.0",
            java.time.Instant.now().plusSeconds(3_600));
    try (RecordingWriter writer =
        RecordingWriter.open(Frames.quiet(file, Compression.NONE), later)) {
      Frames.append(writer, later, 0);
    }
    assertThat(check(file).damages()).isZero();
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).text()).contains("the clock was put back");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aFileThatIsBeingWrittenIsJudgedByItsLastCheckpoint(Compression compression)
      throws Exception {
    Path file = folder.resolve("live.h5");
    try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), ENTRY)) {
      assertThat(check(file)).extracting(Result::state).isEqualTo(State.BEING_WRITTEN);
      for (int number = 0; number < 700; number++) {
        Frames.append(writer, ENTRY, number);
      }
      writer.checkpoint();
      Awaitility.await().until(() -> writer.checkpointedFrames() == 700);
      Frames.append(writer, ENTRY, 700);
      Result result = check(file);
      assertThat(findings).isEmpty();
      assertThat(result.frames()).isEqualTo(700);
      assertThat(result.state()).isEqualTo(State.BEING_WRITTEN);
    }
  }

  @Test
  void aCopyMadeMeanwhileIsAnInterruptedRecordingWithATail() throws Exception {
    Path file = folder.resolve("live.h5");
    Path copy = folder.resolve("copy.h5");
    try (RecordingWriter writer =
        RecordingWriter.open(Frames.quiet(file, Compression.NONE), ENTRY)) {
      for (int number = 0; number < 2_000; number++) {
        Frames.append(writer, ENTRY, number);
      }
      Files.copy(file, copy);
    }
    Result result = check(copy);
    assertThat(findings).isEmpty();
    assertThat(result.frames()).isZero();
    assertThat(result.state()).isEqualTo(State.INTERRUPTED);
    assertThat(result.tailBytes()).isPositive();
  }

  @Test
  void damageInACompressedChunkNamesItsFirstFrameAndItsPlace() throws Exception {
    Path file = folder.resolve("noise.h5");
    try (RecordingWriter writer =
        RecordingWriter.open(Frames.quiet(file, Compression.GZIP), ENTRY)) {
      byte[] noise = new byte[ENTRY.frameBytes()];
      for (int number = 0; number < 1_000; number++) {
        new java.util.Random(number).nextBytes(noise);
        writer.append(number, number, ByteBuffer.wrap(noise.clone()));
      }
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[64]), Frames.BODY + 60_000);
    }
    assertThat(check(file).damages()).isOne();
    Finding finding = findings.get(0);
    assertThat(finding.entry()).isEqualTo("entry");
    assertThat(finding.frame()).isNotNegative();
    assertThat(finding.address()).isBetween(1L + Frames.BODY, Frames.BODY + 60_064L);
    assertThat(finding.text()).contains("cannot read the chunk of rows ");
  }

  @Test
  void whatIsNoRecordingIsOneFinding() throws Exception {
    Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5 ".repeat(20));
    Path empty = Files.createFile(folder.resolve("empty.h5"));
    Path other = folder.resolve("other.h5");
    Reader.h5py(
        other,
        """
        with h5py.File(path, "w", libver="latest") as f:
            f["x"] = np.arange(5)
        """);
    for (Path file : List.of(text, empty, other, folder, folder.resolve("none.h5"))) {
      assertThat(check(file).damages()).as("%s", file).isOne();
      assertThat(findings).as("%s", file).hasSize(1);
    }
  }

  @Test
  void whatOthersAddedWithH5pyIsNoDamage() throws Exception {
    Path file = record(Compression.GZIP, 40);
    Reader.h5py(
        file,
        """
        with h5py.File(path, "r+") as f:
            f["entry"].attrs["operator"] = "somebody with a name that takes some space " * 20
            f["entry/notes"] = "a remark"
            f.create_group("processed")["mean"] = np.arange(10.0)
        """);
    Result result = check(file);
    assertThat(findings).isEmpty();
    assertThat(result.frames()).isEqualTo(40);
  }
}
