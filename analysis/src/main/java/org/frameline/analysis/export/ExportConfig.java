package org.frameline.analysis.export;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.frameline.analysis.images.Selection;

/**
 * What to export, and to what. Checked when made.
 *
 * @param file the recording
 * @param entry of a recording; empty for the first
 * @param dataset of another file; empty for what it says to show
 * @param target what is made
 * @param selection which images
 * @param levels what becomes black and white
 * @param rate frames/s of a video; empty for that of the recording
 * @param tiles of a contact sheet
 * @param overwrite whether files may be replaced
 */
record ExportConfig(
    Path file,
    Optional<String> entry,
    Optional<String> dataset,
    Target target,
    Selection selection,
    Levels levels,
    OptionalDouble rate,
    Tiles tiles,
    boolean overwrite) {
  private static final double SLOWEST = 0.01;
  private static final double FASTEST = 1000;

  /**
   * How many small pictures a contact sheet has.
   *
   * @param columns side by side
   * @param rows one below the other
   */
  record Tiles(int columns, int rows) {
    private static final int MOST = 20;

    Tiles {
      if (columns < 1 || rows < 1 || columns > MOST || rows > MOST) {
        throw new IllegalArgumentException(
            "expected 1 to " + MOST + " columns and rows, found " + columns + "x" + rows);
      }
    }
  }

  ExportConfig {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(selection, "selection");
    Objects.requireNonNull(levels, "levels");
    Objects.requireNonNull(tiles, "tiles");
    if (rate.isPresent()) {
      if (target.kind() != Target.Kind.VIDEO) {
        throw new IllegalArgumentException("--fps is for videos; expected --out FILE.mp4");
      }
      double fps = rate.getAsDouble();
      if (!(fps >= SLOWEST && fps <= FASTEST)) {
        throw new IllegalArgumentException(
            "--fps: expected " + SLOWEST + " to " + FASTEST + " frames/s, found " + fps);
      }
    }
  }
}
