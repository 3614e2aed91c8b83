package org.frameline.analysis.export;

import java.io.IOException;
import java.nio.file.Path;
import org.frameline.analysis.images.FrameSeries;

/** Pictures as files of their own, each whole as soon as it has its name. Used by one thread. */
final class PictureOutput implements FrameOutput {
  private final FrameSeries series;
  private final Target target;
  private long files;
  private String about = "";
  private Path first;
  private Path last;

  PictureOutput(FrameSeries series, Target target) {
    this.series = series;
    this.target = target;
  }

  @Override
  public void add(int row, Picture picture) throws IOException {
    Path file = target.file(series.number(row));
    target.format().write(picture, file);
    files++;
    first = first == null ? file : first;
    last = file;
    about =
        picture.width()
            + "x"
            + picture.height()
            + (picture.channels() == 1 ? " grey" : " RGB")
            + ", "
            + picture.bits()
            + " bits";
  }

  @Override
  public void finish() {}

  @Override
  public String summary() {
    return files == 1
        ? first + ": 1 picture, " + about
        : first + " to " + last.getFileName() + ": " + files + " pictures, " + about;
  }

  @Override
  public void close() {}
}
