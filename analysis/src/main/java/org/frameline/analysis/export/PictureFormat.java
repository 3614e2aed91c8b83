package org.frameline.analysis.export;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** How a picture is stored: without loss, with all its bits. */
enum PictureFormat {
  PNG("png", ".png", ".png"),
  TIFF("tiff", ".tif", ".tiff");

  /** Java has 1 for level 0, which stores, and 0 for level 9. */
  private static final float LEVEL_1 = 8 / 9f;

  private final String writer;
  private final String ending;
  private final String longEnding;

  PictureFormat(String writer, String ending, String longEnding) {
    this.writer = writer;
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

  /**
   * PNG at the lowest level of zlib: a fourth less time for a hundredth more bytes of footage,
   * since the filters before it do most of the work.
   */
  private ImageWriteParam quick(ImageWriteParam how) {
    if (this == PNG) {
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(LEVEL_1);
    }
    return how;
  }

  /** Writes a picture to a file, of which nothing is left when that fails. */
  void write(BufferedImage image, Path file) throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(writer);
    if (!writers.hasNext()) {
      throw new IOException("this Java has no writer for " + writer);
    }
    ImageWriter coder = writers.next();
    try (NewFile made = new NewFile(file)) {
      try (OutputStream out = Files.newOutputStream(made.unfinished());
          ImageOutputStream buffered = new MemoryCacheImageOutputStream(out)) {
        coder.setOutput(buffered);
        coder.write(null, new IIOImage(image, null, null), quick(coder.getDefaultWriteParam()));
      } catch (IOException e) {
        throw made.failure(e);
      }
      made.finish();
    } finally {
      coder.dispose();
    }
  }
}
