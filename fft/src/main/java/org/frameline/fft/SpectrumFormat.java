package org.frameline.fft;

import java.util.List;
import java.util.Objects;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameShape;

/**
 * What goes into a transform and what comes out. Immutable, safe for all threads.
 *
 * @param inputShape {@code [H,W]} or {@code [H,W,C]}, each at least 1
 * @param inputType uint8 or uint16
 * @param output what is written for each coefficient
 * @param precision width of the numbers computed and written
 */
public record SpectrumFormat(
    List<Integer> inputShape, ElementType inputType, SpectrumOutput output, Precision precision) {

  /**
   * @throws IllegalArgumentException if the shape or type is not that of a frame, or if the frame
   *     or its spectrum does not fit into one buffer of 2^31-1 bytes
   */
  public SpectrumFormat {
    inputShape = List.copyOf(inputShape);
    Objects.requireNonNull(inputType, "inputType");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(precision, "precision");
    if (FrameShape.find(inputShape).isEmpty()) {
      throw new IllegalArgumentException(
          "inputShape: expected [H,W] or [H,W,C], each at least 1, found " + inputShape);
    }
    if (inputType != ElementType.UINT8 && inputType != ElementType.UINT16) {
      throw new IllegalArgumentException(
          "inputType: expected uint8 or uint16, found " + inputType.wireName());
    }
    requireOneBuffer(inputShape, "the frame", bytesOf(inputShape, inputType));
    // The complex plane is held while it is reduced to power or magnitude, so it must fit as well.
    requireOneBuffer(
        inputShape,
        "its complex spectrum",
        bytesOf(
            FrameShape.of(inputShape).spectrumLengths(),
            precision == Precision.FLOAT32 ? ElementType.COMPLEX64 : ElementType.COMPLEX128));
  }

  private FrameShape shape() {
    return FrameShape.of(inputShape);
  }

  public int height() {
    return shape().height();
  }

  public int width() {
    return shape().width();
  }

  /** Number of channels, 1 for {@code [H,W]}. */
  public int channels() {
    return shape().channels();
  }

  /** Coefficients in one row of the half spectrum, {@code W/2+1}. */
  public int bins() {
    return width() / 2 + 1;
  }

  /** {@code [H,W/2+1]} for {@code [H,W]}, {@code [C,H,W/2+1]} for {@code [H,W,C]}. */
  public List<Integer> outputShape() {
    return shape().spectrumLengths();
  }

  public ElementType outputType() {
    boolean single = precision == Precision.FLOAT32;
    if (output == SpectrumOutput.COMPLEX) {
      return single ? ElementType.COMPLEX64 : ElementType.COMPLEX128;
    }
    return single ? ElementType.FLOAT32 : ElementType.FLOAT64;
  }

  /** Size of one frame in bytes. */
  public int inputBytes() {
    return Math.toIntExact(bytesOf(inputShape, inputType));
  }

  /** Size of one result in bytes. */
  public int outputBytes() {
    return Math.toIntExact(bytesOf(outputShape(), outputType()));
  }

  private static void requireOneBuffer(List<Integer> shape, String what, long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "inputShape "
              + shape
              + ": expected at most "
              + Integer.MAX_VALUE
              + " bytes for "
              + what
              + ", found "
              + (bytes == Long.MAX_VALUE ? "more than a long can count" : bytes));
    }
  }

  /** Saturates at Long.MAX_VALUE: lengths come from a header and their product may overflow. */
  private static long bytesOf(List<Integer> shape, ElementType type) {
    long bytes = type.bytes();
    for (int length : shape) {
      if (bytes > Long.MAX_VALUE / length) {
        return Long.MAX_VALUE;
      }
      bytes *= length;
    }
    return bytes;
  }
}
