package org.frameline.fft.engine.plain;

import org.frameline.fft.SpectrumFormat;
import org.frameline.protocol.ElementType;

/**
 * What transforms in double precision are put together from. An engine of the same design that has
 * quicker loops replaces those parts that it has. Immutable.
 */
public class Parts64 {
  static final Parts64 PLAIN = new Parts64();

  /** Those of plain Java. */
  protected Parts64() {}

  /**
   * One level of a transform.
   *
   * @param radix 2, 3, 4, 5 or any larger prime
   * @param roots {@code [3n]}: powers 0 to n-1 of {@code exp(-2 pi i / n)}, where n is the length
   *     of the whole transform, each {@code c + is} as {@code c}, {@code c + s}, {@code s - c}
   * @param lanes of the blocks that it will be used with, at most
   */
  protected Factor64 factor(int radix, double[] roots, int lanes) {
    return Factor64.of(radix, roots, lanes, this);
  }

  /**
   * The pixels of frames.
   *
   * @param format of the frames
   */
  protected FramePixels64 pixels(SpectrumFormat format) {
    return format.inputType() == ElementType.UINT16
        ? new WordPixels64(format.width(), format.channels())
        : new BytePixels64(format.width(), format.channels());
  }

  /**
   * Takes rows apart that went through transforms in pairs.
   *
   * @param tile {@code [W,lanes]}, where the transforms are
   * @param places {@code [W]}: in which line of the tile each bin lies
   */
  protected RowPairs64 rowPairs(Lines64 tile, int[] places) {
    return new PlainRowPairs64(tile, places);
  }

  /** Makes {@code log(1 + |X|)} of {@code |X|^2} in rows of so many numbers. */
  protected RowChange64 logOfRoots(int length) {
    return new LogOfRoots64(length);
  }

  /** Puts real and imaginary parts in turns. */
  protected Weave64 weave() {
    return Weave64::plain;
  }
}
