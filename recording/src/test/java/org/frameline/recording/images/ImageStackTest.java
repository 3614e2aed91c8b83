package org.frameline.recording.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Reader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stacks that h5py has written, read frame by frame, against what numpy has put in. */
class ImageStackTest {
  private static final int FRAMES = 11;

  @TempDir Path folder;

  /** Writes {@code a}, a stack in numpy, and its bytes in little endian. */
  private Path stack(String array, String options) throws Exception {
    Path file = folder.resolve("stack.h5");
    Reader.h5py(
        file,
        "rng = np.random.default_rng(5)\n"
            + ("a = " + array + "\n")
            + "with h5py.File(path, 'w') as f:\n"
            + ("    f.create_dataset('group/images', data=a" + options + ")\n")
            + "a.astype(a.dtype.newbyteorder('<')).tofile(path + '.raw')\n");
    return file;
  }

  private void requireSame(Path file) throws Exception {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(Path.of(file + ".raw")));
    try (ImageStack stack = ImageStack.open(file, null)) {
      assertThat(stack.dataset()).isEqualTo("/group/images");
      assertThat(stack.frames()).isEqualTo(FRAMES);
      assertThat(all.capacity()).isEqualTo(FRAMES * stack.frameBytes());
      for (boolean ahead : new boolean[] {false, true}) {
        if (ahead) {
          stack.readAhead();
        }
        for (int index : new int[] {0, 1, 2, 3, 10, 9, 8, 7, 6, 5, 4, 0, 2, 4, 6, 8, 10}) {
          ByteBuffer expected = all.slice(index * stack.frameBytes(), stack.frameBytes());
          assertThat(stack.frame(index)).as("frame %d", index).isEqualTo(expected);
        }
      }
    }
    try (ImageStack stack = ImageStack.open(file, null)) {
      stack.readAhead();
      for (int index = 0; index < FRAMES; index++) {
        ByteBuffer expected = all.slice(index * stack.frameBytes(), stack.frameBytes());
        assertThat(stack.frame(index)).as("frame %d", index).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", chunks=True",
        ", chunks=(1, 13, 17)",
        ", chunks=(3, 5, 4)",
        ", chunks=(4, 13, 6)",
        ", chunks=(2, 1, 1)",
        ", chunks=(11, 2, 17)",
        ", chunks=(3, 5, 4), compression='gzip', shuffle=True",
        ", chunks=(2, 13, 17), compression='lzf'",
        ", chunks=(3, 5, 4), compression='gzip', fletcher32=True",
        ", chunks=(3, 5, 4), compression='gzip', shuffle=True, fletcher32=True",
        ", chunks=(3, 5, 4), compression='lzf', fletcher32=True",
        ", chunks=(3, 5, 4), shuffle=True, fletcher32=True",
        ", chunks=(1, 13, 17), fletcher32=True",
        ", chunks=(2, 13, 17), maxshape=(None, 13, 17)",
        ", chunks=(2, 4, 17), maxshape=(None, None, None), compression='gzip'",
      })
  void readsChunksOfAnyShape(String options) throws Exception {
    requireSame(stack("rng.integers(0, 65536, (11, 13, 17), dtype='u2')", options));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<u1", "<u2", ">u2", ">f4", "<f8", ">c8", "<c16"})
  void readsEveryTypeInEveryOrder(String type) throws Exception {
    String array = "(1000 * rng.random((11, 6, 5, 3))).astype('" + type + "')";
    requireSame(stack(array, ", chunks=(2, 4, 5, 2)"));
    requireSame(stack(array, ""));
  }

  @Test
  void saysWhatItHolds() throws Exception {
    Path file = stack("np.zeros((11, 6, 5, 3), 'u1')", ", chunks=(2, 6, 5, 3), compression='gzip'");
    try (ImageStack stack = ImageStack.open(file, "/group/images")) {
      assertThat(stack.frameShape()).containsExactly(6, 5, 3);
      assertThat(stack.type()).isEqualTo(ElementType.UINT8);
      assertThat(stack.filters()).isEqualTo("deflate");
      assertThat(stack.storedBytes()).isBetween(1L, 500L);
    }
  }

  @Test
  void showsWhatTheFileSaysToShow() throws Exception {
    Path file = folder.resolve("nexus.h5");
    Reader.h5py(
        file,
        """
        with h5py.File(path, 'w') as f:
            f['a/dark'] = np.zeros((3, 4, 5), 'u1')
            f['b/data/signal'] = np.ones((7, 4, 5), 'u1')
            f.attrs['default'] = 'b'
            f['b'].attrs['default'] = 'data'
            f['b/data'].attrs['signal'] = 'signal'
        """);
    try (ImageStack stack = ImageStack.open(file, null)) {
      assertThat(stack.dataset()).isEqualTo("/b/data/signal");
    }
    try (ImageStack stack = ImageStack.open(file, "/a/dark")) {
      assertThat(stack.frames()).isEqualTo(3);
    }
  }

  @Test
  void aTypeThatTheWireDoesNotKnowIsNamed() throws Exception {
    Path file = stack("np.zeros((11, 6, 5), 'i4')", "");
    try (ImageStack stack = ImageStack.open(file, null)) {
      assertThat(stack.typeName()).isEqualTo("int32");
      assertThatIOException()
          .isThrownBy(() -> stack.frame(0))
          .withMessageContaining("expected uint8, uint16")
          .withMessageContaining("found int32");
    }
  }

  @Test
  void whatIsNoStackIsRefusedInOneLine() throws Exception {
    Path file = folder.resolve("no.h5");
    Reader.h5py(
        file,
        """
        with h5py.File(path, 'w') as f:
            f['line'] = np.zeros(5)
            f['group/plane'] = np.zeros((5, 6))
            f['loop'] = f['/']
            f['nowhere'] = h5py.SoftLink('/nothing')
            f['elsewhere'] = h5py.ExternalLink('other.h5', '/x')
        """);
    for (String[] expected :
        List.of(
            new String[] {null, "expected a dataset with 3 or 4 dimensions, found none"},
            new String[] {"/line", "expected 3 or 4 dimensions, found 1"},
            new String[] {"/group", "found a group"},
            new String[] {"/nothing", "expected a dataset /nothing, found none"})) {
      assertThatIOException()
          .isThrownBy(() -> ImageStack.open(file, expected[0]))
          .withMessageStartingWith(file + ": ")
          .withMessageContaining(expected[1])
          .withMessageNotContaining("\n");
    }
    Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5 at all");
    assertThatIOException()
        .isThrownBy(() -> ImageStack.open(text, null))
        .withMessageContaining("is no HDF5 file");
  }

  @ParameterizedTest
  @CsvSource({
    "u1, '', 0",
    "u1, ', fillvalue=200', 200",
    "<u2, ', fillvalue=0x1234', 0x1234",
    ">u2, ', fillvalue=0x1234', 0x1234",
    "<f4, ', fillvalue=-1.5', -1.5",
    ">f8, ', fillvalue=np.nan', np.nan",
    "<c8, ', fillvalue=1+2j', 1+2j",
    "u1, ', chunks=(2, 4, 3)', 0",
    "u1, ', chunks=(2, 3, 2), fillvalue=200', 200",
    ">u2, ', chunks=(2, 4, 3), fillvalue=0x1234', 0x1234",
    "u1, ', chunks=(2, 4, 3), fillvalue=9, compression=\"gzip\", fletcher32=True', 9",
  })
  void whatWasNeverWrittenHasTheFillValue(String type, String options, String value)
      throws Exception {
    Path file = folder.resolve("empty.h5");
    Reader.h5py(
        file,
        """
        with h5py.File(path, 'w') as f:
            f.create_dataset('x', (5, 4, 3), '%s'%s)
        with h5py.File(path) as f:
            a = f['x'][:]
        assert np.array_equal(a, np.full((5, 4, 3), %s), equal_nan=True), a
        a.astype(a.dtype.newbyteorder('<')).tofile(path + '.raw')
        """
            .formatted(type, options, value));
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(Path.of(file + ".raw")));
    try (ImageStack stack = ImageStack.open(file, null)) {
      assertThat(stack.frames()).isEqualTo(5);
      assertThat(stack.storedBytes()).isZero();
      for (int index = 0; index < 5; index++) {
        assertThat(stack.frame(index))
            .isEqualTo(all.slice(index * stack.frameBytes(), stack.frameBytes()));
      }
    }
  }

  @Test
  void chunksThatWereNeverWrittenAreZero() throws Exception {
    Path file = folder.resolve("sparse.h5");
    Reader.h5py(
        file,
        """
        with h5py.File(path, 'w') as f:
            data = f.create_dataset('x', (6, 4, 4), 'u1', chunks=(2, 4, 4))
            data[3] = 7
        """);
    try (ImageStack stack = ImageStack.open(file, null)) {
      byte[] sevens = new byte[16];
      Arrays.fill(sevens, (byte) 7);
      assertThat(stack.frame(3)).isEqualTo(ByteBuffer.wrap(sevens));
      assertThat(stack.frame(0)).isEqualTo(ByteBuffer.allocate(16));
      assertThat(stack.frame(5)).isEqualTo(ByteBuffer.allocate(16));
    }
  }
}
