package org.frameline.cli.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.frameline.analysis.picture.FramePicture;
import org.frameline.analysis.picture.SpectrumPlane;
import org.frameline.cli.picture.PngData;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FrameShape;
import org.frameline.protocol.PixelFormat;
import org.frameline.recording.images.FrameReader;

/**
 * A frame from the middle of the recording and its spectrum, ready for the page. Immutable.
 *
 * @param frameNumber which frame it is
 * @param frameText size and type of the frames
 * @param frameAddress the frame as a {@code data:} address
 * @param spectrum the whole spectrum as SVG
 * @param middle its lowest frequencies as SVG
 * @param middleFactor how much they are magnified
 * @param peakText where the strongest frequency but zero is
 * @param low value of the darkest colour
 * @param high value of the brightest colour
 * @param channels how many the spectrum is a mean of
 */
record DemoPictures(
    long frameNumber,
    String frameText,
    String frameAddress,
    String spectrum,
    String middle,
    int middleFactor,
    String peakText,
    double low,
    double high,
    int channels) {
  private static final int MOST_PIXELS = 960;
  private static final int MIDDLE_COLUMNS = 96;

  /**
   * Reads both files.
   *
   * @param output what the spectra are: {@code complex}, {@code power} or {@code log-magnitude}
   * @throws IOException when a file has no frame
   */
  static DemoPictures read(Path recording, Path spectra, String output) throws IOException {
    try (FrameReader frames = FrameReader.open(recording);
        FrameReader transformed = FrameReader.open(spectra)) {
      if (frames.frames() == 0) {
        throw new IOException(recording + ": expected a frame at least, found none");
      }
      long index = frames.frames() / 2;
      long number = frames.frameNumber(index);
      FrameShape shape = FrameShape.of(frames.frameShape());
      int width = shape.width();
      SpectrumPlane plane =
          SpectrumPlane.of(
              transformed.frameShape(),
              transformed.type(),
              output,
              spectrumOf(transformed, number),
              width);
      int factor = Math.max(2, width / MIDDLE_COLUMNS);
      double low = plane.lowest();
      double high = plane.highest();
      return new DemoPictures(
          number,
          width
              + " x "
              + shape.height()
              + " pixels, "
              + frames.type().wireName()
              + (shape.isColour() ? ", colour" : ""),
          PngData.address(PngData.atMost(picture(frames, shape, index), MOST_PIXELS)),
          SpectrumFigure.svg(plane, low, high),
          SpectrumFigure.svg(plane.middle(factor), low, high),
          factor,
          peakText(plane),
          low,
          high,
          shape.channels());
    }
  }

  private static BufferedImage picture(FrameReader frames, FrameShape shape, long index)
      throws IOException {
    String name = frames.streamText(FrameHeader.PIXEL_FORMAT).orElse(null);
    Optional<PixelFormat> format = PixelFormat.of(shape, frames.type(), name);
    return format.isPresent()
        ? FramePicture.onScreen(shape, format.get(), frames.frame(index))
        : FramePicture.of(shape, frames.type(), frames.frame(index));
  }

  private static String peakText(SpectrumPlane plane) {
    SpectrumPlane.Peak peak = plane.strongest();
    return String.format(
        Locale.ROOT,
        "The strongest frequency but zero: %d cycles across and %d down, and its mirror image.",
        peak.cyclesX(),
        peak.cyclesY());
  }

  /** The spectrum with a frame's number; they are in ascending order. */
  private static ByteBuffer spectrumOf(FrameReader spectra, long number) throws IOException {
    long low = 0;
    long high = spectra.frames() - 1;
    while (low <= high) {
      long middle = (low + high) / 2;
      long found = spectra.frameNumber(middle);
      if (found == number) {
        return spectra.frame(middle);
      }
      if (found < number) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    throw new IOException("there is no spectrum of frame " + number);
  }
}
