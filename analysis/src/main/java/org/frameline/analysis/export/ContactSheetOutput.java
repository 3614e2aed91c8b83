package org.frameline.analysis.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.frameline.analysis.images.FrameSeries;

/** Small pictures on one sheet, with their numbers and times. Used by one thread. */
final class ContactSheetOutput implements PictureSink {
  private static final double NS_PER_S = 1e9;

  private final Path file;
  private final FrameSeries series;
  private final ContactSheet sheet;
  private final int pictures;
  private long added;

  ContactSheetOutput(Path file, FrameSeries series, ContactSheet sheet, int pictures) {
    this.file = file;
    this.series = series;
    this.sheet = sheet;
    this.pictures = pictures;
  }

  @Override
  public void add(int row, Picture picture) {
    List<String> lines = new ArrayList<>();
    lines.add("frame " + series.number(row));
    OptionalLong timeNs = series.timestampNs(row);
    if (timeNs.isPresent()) {
      double seconds = (timeNs.getAsLong() - series.timestampNs(0).getAsLong()) / NS_PER_S;
      lines.add(String.format(Locale.ROOT, "%.3f s", seconds));
    }
    sheet.add(picture, lines);
    added++;
  }

  @Override
  public long done() {
    return added;
  }

  @Override
  public void settle() {
    // Each is on the sheet when add returns.
  }

  @Override
  public void finish() throws IOException {
    PictureFormat.PNG.write(sheet.image(), file);
  }

  @Override
  public String summary() {
    return file
        + ": "
        + pictures
        + " pictures, "
        + sheet.image().getWidth()
        + "x"
        + sheet.image().getHeight()
        + " RGB";
  }

  @Override
  public void close() {}
}
