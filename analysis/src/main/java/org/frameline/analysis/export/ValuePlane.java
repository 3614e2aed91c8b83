package org.frameline.analysis.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.frameline.analysis.images.FrameSeries;
import org.frameline.analysis.picture.SpectrumPlane;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameShape;

/**
 * Images that are no pictures yet, as one value per pixel: real numbers as they are, complex ones
 * as {@code log(1 + |X|)}, and spectra of ours as the whole plane of frequencies with zero in the
 * middle, {@code log(1 + |X|)}, the mean over the channels. Not thread-safe.
 */
final class ValuePlane {
  private final List<Integer> lengths;
  private final FrameShape shape;
  private final ElementType type;
  private final Optional<String> output;
  private final OptionalInt frameWidth;
  private final float[] values;

  /**
   * Prepares.
   *
   * @throws IOException when the images have more than one value per pixel
   */
  ValuePlane(FrameSeries series) throws IOException {
    lengths = series.shape();
    type = series.type();
    output = series.spectrumOutput();
    frameWidth = series.spectrumWidth();
    Optional<FrameShape> grey = FrameShape.find(lengths).filter(FrameShape::isGrey);
    if (!isSpectrum() && grey.isEmpty()) {
      throw new IOException(
          series.file()
              + ": expected images [H,W] of "
              + type.wireName()
              + ", or spectra of 'frameline sink', found "
              + lengths);
    }
    shape = isSpectrum() ? FrameShape.ofSpectrum(lengths) : grey.orElseThrow();
    values = new float[Math.multiplyExact(width(), height())];
  }

  private boolean isSpectrum() {
    return output.isPresent() && frameWidth.isPresent();
  }

  int width() {
    return isSpectrum() ? frameWidth.getAsInt() : shape.width();
  }

  int height() {
    return shape.height();
  }

  /** {@code [H,W]}, valid until the next call. */
  float[] values(ByteBuffer image) {
    if (isSpectrum()) {
      SpectrumPlane plane =
          SpectrumPlane.of(lengths, type, output.orElseThrow(), image, frameWidth.getAsInt());
      for (int i = 0; i < values.length; i++) {
        values[i] = plane.at(i % width() - width() / 2, i / width() - height() / 2);
      }
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = value(image);
    }
    return values;
  }

  private float value(ByteBuffer image) {
    return switch (type) {
      case FLOAT32 -> image.getFloat();
      case FLOAT64 -> (float) image.getDouble();
      case COMPLEX64 -> (float) Math.log1p(Math.hypot(image.getFloat(), image.getFloat()));
      case COMPLEX128 -> (float) Math.log1p(Math.hypot(image.getDouble(), image.getDouble()));
      case UINT8, UINT16 -> throw new IllegalStateException("expected real or complex numbers");
    };
  }
}
