package org.frameline.publisher.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which source is meant, as written after {@code --source}. Immutable. */
public sealed interface SourceSpec {

  /** The kinds there are, for help texts and errors. */
  String KINDS =
      "webcam:N, video:PATH, hdf5:FILE, rtsp://HOST/..., http(s)://HOST/..., synthetic:"
          + Pattern.names("|");

  /** The spec as the user wrote it, without a password; this is what a header may carry. */
  String label();

  /** Camera number {@code index} of this machine, as {@link Cameras#list()} numbers them. */
  record Webcam(int index) implements SourceSpec {
    public Webcam {
      if (index < 0) {
        throw new IllegalArgumentException("expected a camera number from 0, found " + index);
      }
    }

    @Override
    public String label() {
      return "webcam:" + index;
    }
  }

  /** A video file. */
  record Video(Path path) implements SourceSpec {
    @Override
    public String label() {
      return "video:" + path;
    }
  }

  /**
   * A recording, or any stack of images in an HDF5 file.
   *
   * @param path the file; or, if there is none, {@code run.h5} for {@code run_0001.h5} and so on
   * @param part {@code entry}, {@code entry_2} and so on, or the path of a dataset, which begins
   *     with a slash; null for the one that the file begins with
   */
  record Recording(Path path, String part) implements SourceSpec {
    @Override
    public String label() {
      return "hdf5:" + path + (part == null ? "" : "#" + part);
    }
  }

  /** A camera or video behind an rtsp, rtsps, http or https address. */
  record Network(URI address) implements SourceSpec {
    public Network {
      if (address.getHost() == null) {
        throw new IllegalArgumentException(
            "expected an address such as rtsp://HOST:PORT/PATH, found no host in \""
                + withoutPassword(address)
                + "\"");
      }
    }

    @Override
    public String label() {
      return withoutPassword(address);
    }

    private static String withoutPassword(URI address) {
      return address.toString().replaceFirst("//([^/@:]*):[^/@]*@", "//$1:***@");
    }

    /** Without the password, because records end up in logs. */
    @Override
    public String toString() {
      return "Network[" + label() + "]";
    }
  }

  /** A simulated camera. */
  record Synthetic(Pattern pattern) implements SourceSpec {
    @Override
    public String label() {
      return "synthetic:" + pattern.specName();
    }
  }

  /** What a simulated camera shows. */
  enum Pattern {
    /** Interference fringes: a plane cosine wave whose phase advances from frame to frame. */
    FRINGES,
    /** Bright spots in Brownian motion on a dark background, as in a microscope. */
    PARTICLES,
    /** Uniform noise over the whole range, independent in every pixel and frame. */
    NOISE,
    /** A ramp shifted by the frame number; every value follows from a formula. */
    RAMP;

    String specName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static String names(String separator) {
      return Arrays.stream(values()).map(Pattern::specName).collect(Collectors.joining(separator));
    }
  }

  /**
   * Reads a spec.
   *
   * @throws IllegalArgumentException one line with the kinds there are and what came instead
   */
  static SourceSpec parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = text.substring(colon + 1);
    if (colon < 0 || rest.isEmpty()) {
      throw unknown(text);
    }
    return switch (kind) {
      case "webcam" -> new Webcam(cameraNumber(rest));
      case "video" -> new Video(path("video:", rest));
      case "hdf5" -> recording(rest);
      case "rtsp", "rtsps", "http", "https" -> new Network(address(text));
      case "synthetic" -> new Synthetic(pattern(rest));
      default -> throw unknown(text);
    };
  }

  private static int cameraNumber(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected a camera number as in webcam:0, found \"" + digits + "\"", e);
    }
  }

  /** What follows the last # is a part, unless it looks like the end of a file name. */
  private static Recording recording(String text) {
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
        ? new Recording(path("hdf5:", text), null)
        : new Recording(path("hdf5:", text.substring(0, mark)), text.substring(mark + 1));
  }

  private static Path path(String kind, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "expected a file name after " + kind + ", found \"" + text + "\" (" + e.getReason() + ")",
          e);
    }
  }

  private static URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // The text itself may hold a password, so it is not repeated.
      throw new IllegalArgumentException(
          "expected an address such as rtsp://HOST:PORT/PATH, found a fault at character "
              + (e.getIndex() + 1)
              + " ("
              + e.getReason()
              + "); write special characters of a password as %XX",
          e);
    }
  }

  private static Pattern pattern(String name) {
    for (Pattern pattern : Pattern.values()) {
      if (pattern.specName().equals(name)) {
        return pattern;
      }
    }
    throw new IllegalArgumentException(
        "expected synthetic:" + Pattern.names("|") + ", found \"" + name + "\"");
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException("expected one of " + KINDS + "; found \"" + text + "\"");
  }
}
