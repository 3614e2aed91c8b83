package org.frameline.analysis.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.frameline.analysis.images.FrameSeries;
import org.frameline.analysis.video.VideoFile;
import org.frameline.analysis.video.VideoFormat;

/**
 * Pictures as a video that keeps time: where a number is missing, the picture before it stays. Used
 * by one thread.
 */
final class VideoOutput implements PictureSink {
  private final FrameSeries series;
  private final long firstNumber;
  private final long every;
  private final Path path;
  private final VideoFormat format;
  private final NewFile file;
  private final VideoFile video;
  private long frames;

  /**
   * Begins a file.
   *
   * @param firstNumber the number that is shown at time zero
   * @param every how many numbers a picture stands for
   */
  VideoOutput(Path path, VideoFormat format, FrameSeries series, long firstNumber, long every)
      throws IOException {
    this.path = path;
    this.format = format;
    this.series = series;
    this.firstNumber = firstNumber;
    this.every = every;
    file = new NewFile(path);
    try {
      video = VideoFile.create(file.unfinished(), format);
    } catch (IOException e) {
      file.close();
      throw file.failure(e);
    }
  }

  @Override
  public void add(int row, Picture picture) throws IOException {
    try {
      video.add(picture.samples(), (series.number(row) - firstNumber) / every);
      frames++;
    } catch (IOException e) {
      throw file.failure(e);
    }
  }

  @Override
  public long done() {
    return frames;
  }

  @Override
  public void settle() {
    // There is no video before it is finished.
  }

  @Override
  public void finish() throws IOException {
    try {
      video.finish();
    } catch (IOException e) {
      throw file.failure(e);
    }
    file.finish();
  }

  @Override
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%s: %d frames, %dx%d, %s, %s frames/s",
        path,
        frames,
        format.codedWidth(),
        format.codedHeight(),
        format.codec().title(),
        Double.toString(Math.round(format.rate() * 1000) / 1000.0));
  }

  @Override
  public void close() throws IOException {
    video.close();
    file.close();
  }
}
