package org.frameline.fft.engine.plain;

import org.frameline.fft.SpectrumFormat;
import org.frameline.protocol.ElementType;

/**
 * What transforms in single precision are put together from. An engine of the same design that has
 * quicker loops replaces those parts that it has. Immutable.
 */
public class Parts32 {
  static final Parts32 PLAIN = new Parts32();

  /** Those of plain Java. */
  protected Parts32() {}

  /**
   * One level of a transform.
   *
   * @param radix 2, 3, 4, 5 or any larger prime
   * @param roots {@code [3n]}: powers 0 to n-1 of {@code exp(-2 pi i / n)}, where n is the length
   *     of the whole transform, each {@code c + is} as {@code c}, {@code c + s}, {@code s - c}
   * @param lanes of the blocks that it will be used with, at most
   */
  protected Factor32 factor(int radix, float[] roots, int lanes) {
    return Factor32.of(radix, roots, lanes, this);
  }

  /**
   * The pixels of frames.
   *
   * @param format of the frames
   */
  protected FramePixels32 pixels(SpectrumFormat format) {
    return format.inputType() == ElementType.UINT16
        ? new WordPixels32(format.width(), format.channels())
        : new BytePixels32(format.width(), format.channels());
  }

  /**
   * Takes rows apart that went through transforms in pairs.
   *
   * @param tile {@code [W,lanes]}, where the transforms are
   * @param places {@code [W]}: in which line of the tile each bin lies
   */
  protected RowPairs32 rowPairs(Lines32 tile, int[] places) {
    return new PlainRowPairs32(tile, places);
  }

  /** Makes {@code log(1 + |X|)} of {@code |X|^2} in rows of so many numbers. */
  protected RowChange32 logOfRoots(int length) {
    return new LogOfRoots32(length);
  }

  /** Puts real and imaginary parts in turns. */
  protected Weave32 weave() {
    return Weave32::plain;
  }
}
