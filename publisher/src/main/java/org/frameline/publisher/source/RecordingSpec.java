package org.frameline.publisher.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A recording, or any stack of images in an HDF5 file.
 *
 * @param path the file; or, if there is none, {@code run.h5} for {@code run_0001.h5} and so on
 * @param part {@code entry}, {@code entry_2} and so on, or the path of a dataset, which begins with
 *     a slash; null for the one that the file begins with
 */
record RecordingSpec(Path path, String part) implements SourceSpec {
  private static final String PREFIX = "hdf5:";

  static final SourceKind KIND =
      new SourceKind() {
        @Override
        public List<String> prefixes() {
          return List.of(PREFIX);
        }

        @Override
        public String notation() {
          return PREFIX + "FILE";
        }

        @Override
        public String meaning() {
          return "a recording; a part: FILE#entry_2, FILE#/path/to/dataset";
        }

        @Override
        public Nature nature() {
          return Nature.FILE;
        }

        @Override
        public Set<SourceWish> takes() {
          return Set.of(SourceWish.RANGE, SourceWish.SPEED, SourceWish.LOSSLESS);
        }

        @Override
        public SourceSpec parse(String text) {
          return named(text.substring(PREFIX.length()));
        }
      };

  /** What follows the last # is a part, unless it looks like the end of a file name. */
  private static RecordingSpec named(String text) {
    int mark = text.indexOf("#/");
    if (mark < 0) {
      mark = text.lastIndexOf('#');
      mark = text.indexOf('.', mark + 1) < 0 && text.indexOf('/', mark + 1) < 0 ? mark : -1;
    }
    if (mark == 0 || mark == text.length() - 1) {
      throw new IllegalArgumentException(
          "expected hdf5:FILE, hdf5:FILE#entry_2 or hdf5:FILE#/path/to/dataset, found \"hdf5:"
              + text
              + "\"");
    }
    return mark < 0
        ? new RecordingSpec(InputFile.named(PREFIX, text), null)
        : new RecordingSpec(
            InputFile.named(PREFIX, text.substring(0, mark)), text.substring(mark + 1));
  }

  @Override
  public SourceKind kind() {
    return KIND;
  }

  @Override
  public String label() {
    return PREFIX + path + (part == null ? "" : "#" + part);
  }

  @Override
  public FrameSource open(SourceRequest request, BooleanSupplier stopped) throws SourceException {
    return new RecordingSource(this, request);
  }
}
