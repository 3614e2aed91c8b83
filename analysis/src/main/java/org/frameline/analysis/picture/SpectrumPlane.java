package org.frameline.analysis.picture;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameShape;

/**
 * The whole plane of spatial frequencies of one frame, as {@code log(1 + |X|)}, the mean over the
 * channels, with frequency zero in the middle as {@code numpy.fft.fftshift} puts it: element {@code
 * [H/2, W/2]}. Immutable.
 */
public final class SpectrumPlane {
  private static final double DARKEST_QUANTILE = 0.02;

  private final int height;
  private final int width;
  private final float[] values;

  private SpectrumPlane(int height, int width, float[] values) {
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /**
   * Completes a half spectrum: a frame is real, so {@code X[-ky, -kx]} is the conjugate of {@code
   * X[ky, kx]} and has the same magnitude.
   *
   * @param shape {@code [H,W/2+1]} or {@code [C,H,W/2+1]}
   * @param type complex, or real for what was made of it already
   * @param output what the values are: {@code complex}, {@code power} or {@code log-magnitude}
   * @param spectrum little-endian, in C order
   * @param width W, the width of the frame
   */
  public static SpectrumPlane of(
      List<Integer> shape, ElementType type, String output, ByteBuffer spectrum, int width) {
    FrameShape spectrumShape = FrameShape.ofSpectrum(shape);
    int height = spectrumShape.height();
    int half = spectrumShape.width();
    if (half != width / 2 + 1) {
      throw new IllegalArgumentException(
          "expected a half spectrum [H," + (width / 2 + 1) + "] or [C,H,W/2+1], found " + shape);
    }
    float[] mean = new float[height * half];
    int channels = spectrumShape.channels();
    ByteBuffer source = spectrum.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < channels * mean.length; i++) {
      mean[i % mean.length] += (float) (logMagnitude(source, type, output) / channels);
    }
    float[] values = new float[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int kx = x - width / 2;
        int ky = y - height / 2;
        values[y * width + x] =
            mean[Math.floorMod(kx < 0 ? -ky : ky, height) * half + Math.abs(kx)];
      }
    }
    return new SpectrumPlane(height, width, values);
  }

  private static double logMagnitude(ByteBuffer source, ElementType type, String output) {
    double first = next(source, type);
    if (type.isComplex()) {
      return Math.log1p(Math.hypot(first, next(source, type)));
    }
    return switch (output) {
      case "power" -> Math.log1p(Math.sqrt(first));
      case "log-magnitude" -> first;
      default ->
          throw new IllegalArgumentException(
              "expected power or log-magnitude in real numbers, found \"" + output + "\"");
    };
  }

  private static double next(ByteBuffer source, ElementType type) {
    return switch (type) {
      case FLOAT32, COMPLEX64 -> source.getFloat();
      case FLOAT64, COMPLEX128 -> source.getDouble();
      default ->
          throw new IllegalArgumentException(
              "expected floating point or complex numbers, found " + type.wireName());
    };
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /**
   * One value.
   *
   * @param cyclesX cycles per picture along a row, from {@code -W/2} to {@code (W-1)/2}
   * @param cyclesY cycles per picture along a column, from {@code -H/2} to {@code (H-1)/2}
   */
  public float at(int cyclesX, int cyclesY) {
    return values[(cyclesY + height / 2) * width + cyclesX + width / 2];
  }

  /** The part with the lowest frequencies, {@code 1/factor} of each side. */
  public SpectrumPlane middle(int factor) {
    int newHeight = Math.max(1, height / factor);
    int newWidth = Math.max(1, width / factor);
    float[] part = new float[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        part[y * newWidth + x] = at(x - newWidth / 2, y - newHeight / 2);
      }
    }
    return new SpectrumPlane(newHeight, newWidth, part);
  }

  /** A place in the plane, in cycles per picture. */
  public record Peak(int cyclesX, int cyclesY) {}

  /** Where the largest value is, frequency zero apart, in the half with {@code cyclesX >= 0}. */
  public Peak strongest() {
    Peak best = new Peak(0, 0);
    float largest = Float.NEGATIVE_INFINITY;
    for (int y = -(height / 2); y < height - height / 2; y++) {
      for (int x = 0; x < width - width / 2; x++) {
        if ((x != 0 || y > 0) && at(x, y) > largest) {
          largest = at(x, y);
          best = new Peak(x, y);
        }
      }
    }
    return best;
  }

  /** The largest value. */
  public float highest() {
    float highest = 0;
    for (float value : values) {
      highest = Math.max(highest, value);
    }
    return highest;
  }

  /** A value that few are below, so that lone holes do not take up the range of colours. */
  public float lowest() {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (DARKEST_QUANTILE * (sorted.length - 1))];
  }

  /**
   * A picture in the colours of {@link Viridis}; where several values share a pixel, the largest
   * shows, so that a peak of one element stays visible.
   *
   * @param low value of the darkest colour
   * @param high value of the brightest
   * @param mostPixels longest side of the picture
   */
  public BufferedImage picture(double low, double high, int mostPixels) {
    int factor = Math.max(1, (Math.max(width, height) + mostPixels - 1) / mostPixels);
    int columns = (width + factor - 1) / factor;
    int rows = (height + factor - 1) / factor;
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        float largest = largest(column * factor, row * factor, factor);
        double fraction = high > low ? (largest - low) / (high - low) : 0;
        image.setRGB(column, row, Viridis.rgb(fraction));
      }
    }
    return image;
  }

  private float largest(int left, int top, int size) {
    float largest = values[top * width + left];
    for (int y = top; y < Math.min(height, top + size); y++) {
      for (int x = left; x < Math.min(width, left + size); x++) {
        largest = Math.max(largest, values[y * width + x]);
      }
    }
    return largest;
  }
}
