package org.frameline.cli.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.frameline.fft.Precision;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumOutput;
import org.frameline.protocol.PixelFormat;
import org.frameline.publisher.source.SourceKinds;
import org.frameline.publisher.source.SourceRequest;

/**
 * What a camera delivers, but for its rate. Immutable, validated.
 *
 * @param width pixels
 * @param height pixels
 */
record Camera(int width, int height, PixelFormat format) {
  /** A camera that costs little more than the copying of its pixels. */
  static final String SOURCE = "synthetic:ramp";

  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

  /**
   * @throws IllegalArgumentException when no publisher sends such frames, or no worker takes them
   */
  Camera {
    if (width < 1 || height < 1) {
      throw wrongSize(width + "x" + height);
    }
    SourceRequest.of(SourceKinds.parse(SOURCE)).withSize(width, height).withFormat(format);
    spectrum(width, height, format);
  }

  /**
   * Reads options.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  static Camera parse(String size, String format) {
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches()) {
      throw wrongSize(size);
    }
    PixelFormat pixels;
    try {
      pixels = PixelFormat.ofPfncName(format);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--format: " + e.getMessage(), e);
    }
    return new Camera(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), pixels);
  }

  private static IllegalArgumentException wrongSize(String found) {
    return new IllegalArgumentException(
        "--size: expected WIDTHxHEIGHT in pixels such as 640x480, found \"" + found + "\"");
  }

  private static SpectrumFormat spectrum(int width, int height, PixelFormat format) {
    return new SpectrumFormat(
        format.shape(height, width).lengths(),
        format.elementType(),
        SpectrumOutput.COMPLEX,
        Precision.FLOAT32);
  }

  /** What a worker makes of a frame if it is not told otherwise. */
  SpectrumFormat spectrum() {
    return spectrum(width, height, format);
  }

  long frameBytes() {
    return (long) width * height * format.bytesPerPixel();
  }

  String size() {
    return width + "x" + height;
  }

  /** For people. */
  String label() {
    return size() + " " + format;
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("size", size());
    json.put("pixel_format", format.pfncName());
    json.put("frame_bytes", frameBytes());
    return json;
  }

  /** For {@code publish}. */
  List<String> arguments() {
    return List.of("--source", SOURCE, "--size", size(), "--format", format.pfncName());
  }
}
