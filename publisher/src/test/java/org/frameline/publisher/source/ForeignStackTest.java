package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.frameline.protocol.Origin;
import org.frameline.protocol.PixelFormat;
import org.frameline.recording.Compression;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HDF5 files that h5py has written, and such that are broken. */
@Timeout(120)
class ForeignStackTest {
  private static final int FRAMES = 9;
  private static final int ATTEMPTS = 150;

  @TempDir Path folder;

  /** A file with one dataset of random numbers, and those in little endian beside it. */
  private Path stack(String dataset, String type, String shape, String options) throws Exception {
    Path file = folder.resolve("stack.h5");
    Python.run(
        """
        import sys, h5py, numpy as np
        path, dataset, type, shape, options = sys.argv[1:]
        a = np.random.default_rng(3).integers(0, 255, eval(shape)).astype(type)
        with h5py.File(path, 'w') as f:
            f.create_dataset(dataset, data=a, **eval('dict(' + options + ')'))
        a.astype(a.dtype.newbyteorder('<')).tofile(path + '.raw')
        """,
        file,
        dataset,
        type,
        shape,
        options);
    return file;
  }

  private static void requireSame(FrameSource source, Path file) throws Exception {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(Path.of(file + ".raw")));
    ByteBuffer copy = ByteBuffer.allocate(source.description().frameBytes());
    assertThat(all.capacity()).isEqualTo(FRAMES * copy.capacity());
    for (int i = 0; i < FRAMES; i++) {
      assertThat(source.grab()).isTrue();
      source.copyTo(copy.clear());
      assertThat(copy.flip())
          .as("frame %d", i)
          .isEqualTo(all.slice(i * copy.capacity(), copy.capacity()));
      assertThat(source.origin()).isEqualTo(new Origin(i, Origin.UNKNOWN));
      assertThat(source.untilNextNs()).isNaN();
    }
    assertThat(source.grab()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/entry/data/data | u1 | (9, 31, 47) | compression='gzip', chunks=(1, 31, 47) | MONO8",
        "/entry/data/data | u2 | (9, 31, 47) | compression='lzf', chunks=(2, 31, 47) | MONO16",
        "/entry/data/data | u2 | (9, 31, 47) | maxshape=(None, 31, 47) | MONO16",
        "/a/b | >u2 | (9, 31, 47) | | MONO16",
        "/a/b | u1 | (9, 31, 47, 3) | chunks=(4, 10, 47, 3), compression='gzip', shuffle=True |"
            + " RGB8",
        "/a/b | u1 | (9, 31, 47, 1) | | MONO8",
      })
  void stacksOfOthersAreSent(
      String dataset, String type, String shape, String options, PixelFormat format)
      throws Exception {
    Path file = stack(dataset, type, shape, options == null ? "" : options);
    for (String spec : new String[] {"hdf5:" + file, "hdf5:" + file + "#" + dataset}) {
      try (FrameSource source = Sources.open(spec, request -> request)) {
        assertThat(source.description().format()).isEqualTo(format);
        assertThat(source.description().nominalFps()).isEqualTo(RecordingSource.DEFAULT_FPS);
        assertThat(source.description().extraHeaderKeys()).isEmpty();
        requireSame(source, file);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f4 | (9, 31, 47) | found float32 [31,47]",
        "c8 | (9, 3, 31, 24) | found complex64 [3,31,24]",
        "i2 | (9, 31, 47) | found int16 [31,47]",
        "u4 | (9, 31, 47) | found uint32 [31,47]",
        "u2 | (9, 31, 47, 3) | found uint16 [31,47,3]",
        "u1 | (9, 3, 31, 47) | found uint8 [3,31,47]",
      })
  void whatIsNoFrameIsRefusedInOneLine(String type, String shape, String found) throws Exception {
    Path file = stack("/x", type, shape, "");
    requireRefused(
        "hdf5:" + file,
        file + ", /x: expected frames of uint8 [H,W] or [H,W,3], or of uint16 [H,W]; " + found);
  }

  private static void requireRefused(String spec, String... expected) {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> Sources.open(spec, request -> request).close())
        .satisfies(e -> assertThat(e.getMessage()).contains(expected).doesNotContain("\n"));
  }

  @Test
  void whatIsNoFileOrNoStackIsRefusedInOneLine() throws Exception {
    requireRefused("hdf5:" + folder.resolve("no.h5"), "no file " + folder.resolve("no.h5"));
    requireRefused("hdf5:" + folder, folder + " is a folder; expected an HDF5 file");
    Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5 at all");
    requireRefused("hdf5:" + text, text + ": is no HDF5 file");
    Path empty = Files.createFile(folder.resolve("empty.h5"));
    requireRefused("hdf5:" + empty, empty + ": is no HDF5 file");
    Path file = stack("/x", "u1", "(9, 5)", "");
    requireRefused("hdf5:" + file, "expected a dataset with 3 or 4 dimensions, found none");
    requireRefused("hdf5:" + file + "#/y", "expected a dataset /y, found none");
    requireRefused("hdf5:" + file + "#/x", "/x: expected 3 or 4 dimensions, found 2");
    requireRefused("hdf5:" + file + "#entry", "expected the path of a dataset", "\"entry\"");
    Path none = stack("/x", "u1", "(0, 5, 6)", "maxshape=(None, 5, 6)");
    requireRefused("hdf5:" + none, "holds no frames");
  }

  @Test
  void framesThatWereNeverWrittenAreBlack() throws Exception {
    Path file = folder.resolve("sparse.h5");
    Python.run(
        """
        import sys, h5py
        with h5py.File(sys.argv[1], 'w') as f:
            f.create_dataset('x', (3, 4, 5), 'u1', chunks=(1, 4, 5))[1] = 7
        """,
        file);
    try (FrameSource source = Sources.open("hdf5:" + file, request -> request)) {
      for (byte value : new byte[] {0, 7, 0}) {
        byte[] expected = new byte[20];
        java.util.Arrays.fill(expected, value);
        ByteBuffer copy = ByteBuffer.allocate(20);
        assertThat(source.grab()).isTrue();
        source.copyTo(copy);
        assertThat(copy.array()).isEqualTo(expected);
      }
    }
  }

  /** A header must not be spoilt by what a file says of itself. */
  @Test
  void attributesThatAreNoConstantsOfAStreamAreLeftOut() throws Exception {
    Path file = Replayed.write(folder.resolve("r.h5"), 0, 1);
    Python.run(
        """
        import sys, h5py, numpy as np
        with h5py.File(sys.argv[1], 'r+') as f:
            s = f['entry/stream']
            for name in ('frame', 'timestamp_ns', 'outage_ms', 'recorded_frame'):
                s.attrs[name] = 5
            s.attrs['long'] = 'x' * 60000
            s.attrs['list'] = np.zeros(5)
            s.attrs['empty'] = h5py.Empty('f8')
            s.attrs['nan'] = float('nan')
            s.attrs['exposure_ms'] = np.float32(2.5)
        """,
        file);
    try (FrameSource source = Sources.open("hdf5:" + file, request -> request)) {
      assertThat(source.description().extraHeaderKeys())
          .containsEntry("exposure_ms", 2.5)
          .containsEntry("recorded_stream", "stream-1")
          .doesNotContainKeys(
              "frame",
              "timestamp_ns",
              "outage_ms",
              "recorded_frame",
              "long",
              "list",
              "empty",
              "nan");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "lzf"})
  void aDamagedChunkEndsItAfterTheFramesBefore(String compression) throws Exception {
    Path file =
        stack("/x", "u2", "(9, 31, 47)", "chunks=(1, 31, 47), compression='" + compression + "'");
    Python.run(
        """
        import sys, h5py
        with h5py.File(sys.argv[1]) as f:
            chunk = f['x'].id.get_chunk_info(6)
        with open(sys.argv[1], 'r+b') as f:
            f.seek(chunk.byte_offset)
            f.write(bytes([255]) * 40)
        """,
        file);
    requireEndsBefore(file, 6, "cannot read frame 6, row 6 of /x");
  }

  @Test
  void aDamagedRecordingNamesTheFrame() throws Exception {
    long[] numbers = {100, 101, 102, 205, 206};
    Path file =
        Replayed.write(
            folder.resolve("r.h5"), Compression.GZIP, PixelFormat.RGB8, "stream-1", numbers);
    Python.run(
        """
        import sys, h5py
        with h5py.File(sys.argv[1]) as f:
            chunk = f['entry/data/data'].id.get_chunk_info(0)
        with open(sys.argv[1], 'r+b') as f:
            f.seek(chunk.byte_offset + chunk.size // 2)
            f.write(bytes(100))
        """,
        file);
    requireEndsBefore(file, 0, file + ": cannot read frame 100, row 0 of entry: ");
  }

  @Test
  void aFileThatIsCutShortEndsAfterTheFramesBefore() throws Exception {
    Path file = stack("/x", "u1", "(9, 31, 47)", "");
    try (FrameSource source = Sources.open("hdf5:" + file, request -> request)) {
      try (java.nio.channels.FileChannel channel =
          java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() - 3 * 31 * 47 - 5);
      }
      for (int i = 0; i < 5; i++) {
        assertThat(source.grab()).isTrue();
      }
      assertThatExceptionOfType(SourceException.class)
          .isThrownBy(source::grab)
          .withMessageContaining("cannot read frame 5, row 5 of /x");
    }
  }

  private static void requireEndsBefore(Path file, int frames, String message) throws Exception {
    try (FrameSource source = Sources.open("hdf5:" + file, request -> request)) {
      for (int i = 0; i < frames; i++) {
        assertThat(source.grab()).isTrue();
      }
      assertThatExceptionOfType(SourceException.class)
          .isThrownBy(source::grab)
          .withMessageContaining(message)
          .withMessageNotContaining("\n");
    }
  }

  /** Whatever is damaged: frames or one line, and nothing else. */
  @Test
  void damageAnywhereIsOneLineAtMost() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Path recording =
        Replayed.write(
            folder.resolve("r.h5"), Compression.GZIP, PixelFormat.MONO16, "stream-1", 0, 1, 2, 5);
    Path foreign = stack("/x", "u2", "(9, 31, 47)", "chunks=(2, 20, 47), compression='lzf'");
    int refused = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      byte[] damaged = Files.readAllBytes(attempt % 2 == 0 ? recording : foreign);
      // The recording has a megabyte of zeros that nobody reads.
      int from = attempt % 2 == 0 ? 1 << 20 : 0;
      for (int i = 0; i < 8; i++) {
        damaged[from + random.nextInt(damaged.length - from)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("damaged.h5"), damaged);
      try (FrameSource source = Sources.open("hdf5:" + file, request -> request)) {
        int frames = 0;
        while (source.grab()) {
          frames++;
        }
        assertThat(frames).as("seed %d", seed).isBetween(1, FRAMES);
      } catch (SourceException e) {
        refused++;
        assertThat(e.getMessage()).as("seed %d", seed).contains("damaged.h5").doesNotContain("\n");
      }
    }
    assertThat(refused).as("seed %d", seed).isPositive();
  }
}
