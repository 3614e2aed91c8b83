package org.frameline.analysis.export;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** How a picture is stored: without loss, with all its bits. */
enum PictureFormat {
  PNG(".png", ".png"),
  TIFF(".tif", ".tiff");

  private final String ending;
  private final String longEnding;

  PictureFormat(String ending, String longEnding) {
    this.ending = ending;
    this.longEnding = longEnding;
  }

  /** How names of such files end in our folders. */
  String ending() {
    return ending;
  }

  /** What the ending of a name says. */
  static Optional<PictureFormat> of(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    for (PictureFormat format : values()) {
      if (name.endsWith(format.ending) || name.endsWith(format.longEnding)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** Writes a picture to a file, of which nothing is left when that fails. */
  void write(Picture picture, Path file) throws IOException {
    try (NewFile made = new NewFile(file)) {
      try (FileChannel to = FileChannel.open(made.unfinished(), CREATE, TRUNCATE_EXISTING, WRITE)) {
        switch (this) {
          case PNG -> PngCoder.write(picture, to);
          case TIFF -> TiffCoder.write(picture, to);
        }
      } catch (IOException e) {
        throw made.failure(e);
      }
      made.finish();
    }
  }
}
