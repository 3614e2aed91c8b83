package org.frameline.analysis.export;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.frameline.analysis.images.FrameSeries;
import org.frameline.program.WorkAhead;

/**
 * Pictures as files of their own, each whole as soon as it has its name. All processors write,
 * since compressing takes longer than everything before it. Used by one thread.
 */
final class PictureOutput implements PictureSink {
  private static final long MOST_BYTES_WAITING = 64L << 20;

  private final FrameSeries series;
  private final Target target;
  private final WorkAhead writing;
  private long files;
  private String about = "";
  private Path first;
  private Path last;

  /**
   * Begins.
   *
   * @param pictureBytes size of a picture in memory
   */
  PictureOutput(FrameSeries series, Target target, long pictureBytes) {
    this.series = series;
    this.target = target;
    int most =
        (int)
            Math.max(
                1,
                Math.min(
                    Runtime.getRuntime().availableProcessors() + 1L,
                    MOST_BYTES_WAITING / Math.max(1, pictureBytes)));
    writing = new WorkAhead("export-write", Math.max(1, most - 1), most);
  }

  @Override
  public void add(int row, Picture picture) throws IOException {
    Path file = target.file(series.number(row));
    // A copy: the samples are the next picture's soon.
    BufferedImage image = picture.image();
    writing.give(() -> target.format().write(image, file));
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
  public long done() {
    return writing.done();
  }

  @Override
  public void settle() throws IOException {
    writing.await();
  }

  @Override
  public void finish() throws IOException {
    writing.await();
  }

  @Override
  public String summary() {
    return files == 1
        ? first + ": 1 picture, " + about
        : first + " to " + last.getFileName() + ": " + files + " pictures, " + about;
  }

  @Override
  public void close() {
    writing.close();
  }
}
