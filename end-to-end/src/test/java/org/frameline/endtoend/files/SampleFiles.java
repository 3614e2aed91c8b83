package org.frameline.endtoend.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.Origin;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.write.RecordingWriter;
import org.frameline.testing.Python;
import org.frameline.testing.recordings.Recordings;

/** A small file of each kind that our programs write, and stacks of images by h5py. No state. */
final class SampleFiles {
  private static final List<Integer> GREY = List.of(12, 16);
  private static final List<Integer> COLOUR = List.of(9, 14, 3);
  private static final int FRAMES = 7;

  private static final String H5PY =
      """
      import sys, os, numpy as np, h5py
      folder = sys.argv[1]
      rng = np.random.default_rng(1)
      stack = rng.integers(0, 255, (6, 11, 13), dtype='u1')
      def make(name, **options):
          return h5py.File(os.path.join(folder, name), 'w', **options)
      with make('h5py-contiguous.h5') as f:
          f['images'] = stack
          f['images'].attrs['note'] = 'a note'
      with make('h5py-gzip.h5') as f:
          f.create_dataset('a/b/images', data=stack.astype('>u2'), chunks=(2, 5, 13),
                           compression='gzip', shuffle=True, fletcher32=True)
      with make('h5py-lzf.h5') as f:
          f.create_dataset('images', data=stack, chunks=(1, 11, 13), compression='lzf')
          for i in range(30):
              f.create_group('group %d' % i).attrs['text'] = 'text %d' % i
      with make('h5py-latest.h5', libver='latest') as f:
          f.create_dataset('fixed', data=stack, chunks=(1, 11, 13), fletcher32=True)
          f.create_dataset('growing', data=stack, chunks=(2, 11, 13), maxshape=(None, 11, 13))
          f.create_dataset('free', data=stack, chunks=(2, 6, 13), maxshape=(None, None, 13),
                           compression='gzip')
          for i in range(20):
              f.attrs['attribute %d' % i] = i
      with make('h5py-nexus.h5', libver='latest') as f:
          f.attrs['default'] = 'entry'
          e = f.create_group('entry')
          e.attrs['default'] = 'data'
          d = e.create_group('data')
          d.attrs['signal'] = 'images'
          d['images'] = h5py.SoftLink('/raw/images')
          f.create_dataset('raw/images', data=stack.astype('f4'), chunks=(6, 4, 4),
                           compression='gzip')
      with make('h5py-complex.h5') as f:
          f['images'] = stack[:3].astype('c8')
          f['texts'] = ['one', 'two', 'three']
      """;

  private SampleFiles() {}

  /** Makes all of them in a folder. */
  static void make(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    long[] some = {0, 1, 2, 4, 5, 8};
    Recordings.of(ElementType.UINT8, COLOUR).noise().write(folder.resolve("plain.h5"), some);
    Recordings.of(ElementType.UINT16, GREY)
        .noise()
        .compressed(Compression.GZIP)
        .protectedBy(Checksum.FLETCHER32)
        .write(folder.resolve("gzip-checksums.h5"), some);
    Path several =
        Recordings.of(ElementType.UINT8, GREY)
            .noise()
            .protectedBy(Checksum.FLETCHER32)
            .write(folder.resolve("several.h5"), Recordings.numbersTo(FRAMES));
    Recordings.of(ElementType.FLOAT32, GREY).noise().write(several, some);
    Recordings.of(ElementType.COMPLEX64, List.of(3, 8, 5))
        .noise()
        .compressed(Compression.GZIP)
        .write(folder.resolve("spectra.h5"), some);
    Recordings.of(ElementType.UINT8, GREY)
        .noise()
        .replaying(number -> new Origin(number + 3, Recordings.FIRST_NS + number))
        .write(folder.resolve("replay.h5"), some);
    makeBrokenOff(folder);
    Python.run(H5PY, folder);
  }

  private static void makeBrokenOff(Path folder) throws IOException {
    Path whole = folder.resolve("whole.part");
    Recordings grey = Recordings.of(ElementType.UINT16, GREY).noise();
    try (RecordingWriter writer = grey.open(whole)) {
      grey.append(writer, 0, 1, 2, 3);
      Recordings.checkpoint(writer);
      grey.append(writer, 4, 5);
      byte[] written = Files.readAllBytes(whole);
      // Without the hole that a writer keeps at the end.
      int end = written.length;
      while (written[end - 1] == 0) {
        end--;
      }
      Files.write(folder.resolve("broken-off.h5"), java.util.Arrays.copyOf(written, end));
    }
    Files.delete(whole);
  }
}
