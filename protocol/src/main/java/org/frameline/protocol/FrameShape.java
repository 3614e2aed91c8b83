package org.frameline.protocol;

import java.util.List;
import java.util.Optional;

/**
 * Height, width and channels of an image, whatever order its array has them in. Frames are {@code
 * [H,W]} or {@code [H,W,C]}; spectra have their channels first, {@code [H,W/2+1]} or {@code
 * [C,H,W/2+1]}, and are {@code W/2+1} wide. Immutable.
 *
 * @param height rows, from 1
 * @param width columns, from 1
 * @param channels values per pixel, from 1
 * @param hasAxis whether the array has a dimension for the channels; without one there is one
 *     channel, but not the other way round
 */
public record FrameShape(int height, int width, int channels, boolean hasAxis) {
  private static final int COLOURS = 3;

  public FrameShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "expected lengths from 1 up, found "
              + height
              + " rows, "
              + width
              + " columns, "
              + channels
              + " channels");
    }
    if (channels > 1 && !hasAxis) {
      throw new IllegalArgumentException(
          "expected one channel without a dimension for channels, found " + channels);
    }
  }

  /** An image of {@code channels} values per pixel, {@code [H,W]} if that is one. */
  public static FrameShape of(int height, int width, int channels) {
    return new FrameShape(height, width, channels, channels > 1);
  }

  /**
   * The shape of a frame, {@code [H,W]} or {@code [H,W,C]}.
   *
   * @throws IllegalArgumentException saying what was expected and what came
   */
  public static FrameShape of(List<Integer> lengths) {
    return find(lengths)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected [H,W] or [H,W,C], each at least 1, found " + lengths));
  }

  /** The same, but empty where it is no shape of a frame. */
  public static Optional<FrameShape> find(List<Integer> lengths) {
    boolean lengthsAreGood = lengths.stream().allMatch(length -> length > 0);
    return switch (lengthsAreGood ? lengths.size() : 0) {
      case 2 -> Optional.of(new FrameShape(lengths.get(0), lengths.get(1), 1, false));
      case 3 -> Optional.of(new FrameShape(lengths.get(0), lengths.get(1), lengths.get(2), true));
      default -> Optional.empty();
    };
  }

  /**
   * The shape of a half spectrum, {@code [H,W/2+1]} or {@code [C,H,W/2+1]}.
   *
   * @throws IllegalArgumentException saying what was expected and what came
   */
  public static FrameShape ofSpectrum(List<Integer> lengths) {
    boolean lengthsAreGood = lengths.stream().allMatch(length -> length > 0);
    return switch (lengthsAreGood ? lengths.size() : 0) {
      case 2 -> new FrameShape(lengths.get(0), lengths.get(1), 1, false);
      case 3 -> new FrameShape(lengths.get(1), lengths.get(2), lengths.get(0), true);
      default ->
          throw new IllegalArgumentException(
              "expected a half spectrum [H,W/2+1] or [C,H,W/2+1], found " + lengths);
    };
  }

  /** {@code [H,W]} or {@code [H,W,C]}: the array of a frame. */
  public List<Integer> lengths() {
    return hasAxis ? List.of(height, width, channels) : List.of(height, width);
  }

  /** {@code [H,W/2+1]} or {@code [C,H,W/2+1]}: the half spectrum of a frame of this shape. */
  public List<Integer> spectrumLengths() {
    int bins = width / 2 + 1;
    return hasAxis ? List.of(channels, height, bins) : List.of(height, bins);
  }

  public boolean isGrey() {
    return channels == 1;
  }

  /** Red, green and blue. */
  public boolean isColour() {
    return channels == COLOURS;
  }

  /** Whether it can be shown as it is: grey or colour. */
  public boolean isPicture() {
    return isGrey() || isColour();
  }
}
