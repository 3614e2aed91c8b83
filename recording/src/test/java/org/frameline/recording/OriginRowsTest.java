package org.frameline.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.Origin;
import org.frameline.recording.check.Finding;
import org.frameline.recording.check.RecordingCheck;
import org.frameline.recording.images.FrameReader;
import org.frameline.recording.write.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers and times of a recording that was sent again, as h5py and we read them. */
class OriginRowsTest {
  private static final EntryDescription ENTRY = Frames.entry(ElementType.UINT16, 20, 30);

  /** More than one chunk of rows. */
  private static final int FRAMES = 2_500;

  @TempDir Path folder;
  private final List<Finding> findings = new ArrayList<>();

  private static void append(RecordingWriter writer, long number, Origin origin) throws Exception {
    ByteBuffer pixels = Frames.frame(ENTRY, number);
    writer.append(number, Frames.FIRST_TIME_NS + number, origin, pixels);
  }

  private static Origin origin(long number) {
    return new Origin(3 * number, 1_000_000_007L * number - 5);
  }

  private RecordingCheck.Result check(Path file) {
    findings.clear();
    return RecordingCheck.check(file, findings::add, () -> false);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void areColumnsOfTheirOwn(Compression compression) throws Exception {
    Path file = folder.resolve("copy.h5");
    try (RecordingWriter writer = RecordingWriter.open(Frames.quiet(file, compression), ENTRY)) {
      for (int number = 0; number < FRAMES; number++) {
        append(writer, number, origin(number));
        if (number % 700 == 0) {
          writer.checkpoint();
        }
      }
    }
    Reader.h5py(
        file,
        """
        with h5py.File(path, 'r') as f:
            n = np.arange(2500)
            for group in ('entry/data', 'entry/instrument/detector'):
                data = f[group]
                assert np.array_equal(data['recorded_frame_number'][:], 3 * n)
                assert np.array_equal(data['recorded_timestamp_ns'][:], 1000000007 * n - 5)
                assert data['recorded_frame_number'].dtype == 'u8'
                assert data['recorded_timestamp_ns'].dtype == 'i8'
                assert data['recorded_timestamp_ns'].attrs['units'] == 'ns'
                assert np.array_equal(data['frame_number'][:], n)
        """);
    assertThat(check(file).damages()).as("%s", findings).isZero();
    try (FrameReader frames = FrameReader.open(file, null)) {
      for (int row : new int[] {0, 1, 1023, 1024, FRAMES - 1, 5}) {
        assertThat(frames.origin(row)).isEqualTo(origin(row));
        assertThat(frames.frame(row)).isEqualTo(Frames.frame(ENTRY, row));
      }
      assertThat(frames.stream())
          .containsEntry("stream", "run-1 ü")
          .containsEntry("worker", 3L)
          .containsEntry("gain", 1.5)
          .containsEntry("half_spectrum", true);
    }
  }

  @Test
  void areThereOnlyWhereSomethingIsKnown() throws Exception {
    Path file = folder.resolve("copy.h5");
    try (RecordingWriter writer =
        RecordingWriter.open(Frames.quiet(file, Compression.NONE), ENTRY)) {
      Frames.append(writer, ENTRY, 0);
      writer.beginEntry(ENTRY);
      append(writer, 0, new Origin(7, Origin.UNKNOWN));
      writer.beginEntry(ENTRY);
      append(writer, 0, new Origin(Origin.UNKNOWN, 9));
    }
    assertThat(
            Reader.h5py(
                file,
                """
                with h5py.File(path, 'r') as f:
                    for entry in ('entry', 'entry_2', 'entry_3'):
                        print([name for name in f[entry]['data'] if name.startswith('rec')])
                """))
        .isEqualTo("[]\n['recorded_frame_number']\n['recorded_timestamp_ns']");
    assertThat(check(file).damages()).as("%s", findings).isZero();
    try (FrameReader frames = FrameReader.open(file, "entry_2")) {
      // The time of the copy is none of the camera's.
      assertThat(frames.origin(0)).isEqualTo(new Origin(7, Origin.UNKNOWN));
    }
  }

  @Test
  void areKnownOfAllFramesOfAnEntryOrOfNone() throws Exception {
    Path file = folder.resolve("copy.h5");
    try (RecordingWriter writer =
        RecordingWriter.open(Frames.quiet(file, Compression.GZIP), ENTRY)) {
      append(writer, 0, origin(0));
      assertThatThrownBy(() -> Frames.append(writer, ENTRY, 1))
          .isInstanceOf(IllegalArgumentException.class);
      append(writer, 1, origin(1));
    }
    assertThat(check(file).frames()).isEqualTo(2);
    assertThat(findings).isEmpty();
  }

  @Test
  void aColumnOfAnotherLengthIsDamage() throws Exception {
    Path file = folder.resolve("copy.h5");
    try (RecordingWriter writer =
        RecordingWriter.open(Frames.quiet(file, Compression.NONE), ENTRY)) {
      append(writer, 0, origin(0));
      append(writer, 1, origin(1));
    }
    Reader.h5py(
        file,
        "with h5py.File(path, 'r+') as f:\n    f['entry/data/recorded_frame_number'].resize((1,))");
    assertThat(check(file).damages()).isOne();
    assertThat(findings.get(0).text())
        .contains("recorded_frame_number", "expected 2 rows, found 1");
  }

  @Test
  void numberedFilesComeInTheirOrder() throws Exception {
    for (String name :
        List.of("r_0002.h5", "r_0001.h5", "r_12345.h5", "r_1.h5", "rr_0001.h5", "r_0003.h5.new")) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(NumberedFiles.of(folder.resolve("r.h5")))
        .containsExactly(
            folder.resolve("r_0001.h5"), folder.resolve("r_0002.h5"), folder.resolve("r_12345.h5"));
    assertThat(NumberedFiles.of(folder.resolve("nowhere/r.h5"))).isEmpty();
    assertThat(NumberedFiles.of(Path.of("r.h5"))).isEmpty();
  }
}
