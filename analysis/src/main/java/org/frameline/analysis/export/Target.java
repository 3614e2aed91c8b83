package org.frameline.analysis.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is made, and where. Immutable.
 *
 * @param kind what
 * @param path the file; of a series, the folder with the pattern of the names
 * @param format of pictures; not used for a video
 */
record Target(Kind kind, Path path, PictureFormat format) {
  /** What can be made. */
  enum Kind {
    /** One image as one picture. */
    PICTURE,
    /** A picture for each image. */
    SERIES,
    VIDEO,
    /** Small pictures side by side. */
    CONTACT_SHEET
  }

  private static final Pattern NUMBER = Pattern.compile("%(?:0([1-9]))?d");
  private static final String NAMES_IN_A_FOLDER = "frame_%06d";

  Target {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(format, "format");
  }

  /**
   * Finds out by the name.
   *
   * @param out a picture, a video, a pattern with one {@code %d} or {@code %06d}, else a folder
   * @param contactSheet whether it is for a contact sheet
   * @param inFolder the format of pictures in a folder; empty for PNG
   * @throws IllegalArgumentException saying what was expected
   */
  static Target of(Path out, boolean contactSheet, Optional<PictureFormat> inFolder) {
    if (out.getFileName() == null) {
      throw new IllegalArgumentException("expected a file or a folder, found \"" + out + "\"");
    }
    String name = out.getFileName().toString();
    Optional<PictureFormat> format = PictureFormat.of(out);
    if (contactSheet) {
      if (!format.equals(Optional.of(PictureFormat.PNG)) || name.indexOf('%') >= 0) {
        throw new IllegalArgumentException(
            "a contact sheet goes to a file whose name ends in .png, found \"" + out + "\"");
      }
      return new Target(Kind.CONTACT_SHEET, out, PictureFormat.PNG);
    }
    if (name.toLowerCase(Locale.ROOT).endsWith(".mp4")) {
      return new Target(Kind.VIDEO, out, PictureFormat.PNG);
    }
    if (format.isPresent()) {
      if (name.indexOf('%') < 0) {
        return new Target(Kind.PICTURE, out, format.get());
      }
      requirePattern(name);
      return new Target(Kind.SERIES, out, format.get());
    }
    boolean otherFile = name.lastIndexOf('.') > 0 && !Files.isDirectory(out);
    if (otherFile || name.indexOf('%') >= 0) {
      throw new IllegalArgumentException(
          "expected a folder or a name that ends in .png, .tif, .tiff or .mp4, found \""
              + out
              + "\"");
    }
    PictureFormat chosen = inFolder.orElse(PictureFormat.PNG);
    return new Target(Kind.SERIES, out.resolve(NAMES_IN_A_FOLDER + chosen.ending()), chosen);
  }

  private static void requirePattern(String name) {
    Matcher number = NUMBER.matcher(name);
    if (!number.find() || number.replaceFirst("").indexOf('%') >= 0) {
      throw new IllegalArgumentException(
          "expected one %d or %06d for the frame number in the name, found \"" + name + "\"");
    }
  }

  /** Of a series, the file of one image. */
  Path file(long number) {
    String name = path.getFileName().toString();
    Matcher place = NUMBER.matcher(name);
    if (!place.find()) {
      return path;
    }
    int digits = place.group(1) == null ? 1 : Integer.parseInt(place.group(1));
    String text = String.format(Locale.ROOT, "%0" + digits + "d", number);
    return path.resolveSibling(
        name.substring(0, place.start()) + text + name.substring(place.end()));
  }

  /** Of a series, where the pictures go. */
  Path folder() {
    return path.toAbsolutePath().getParent();
  }
}
