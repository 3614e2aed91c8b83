package org.frameline.fft.engine.vector;

import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.engine.plain.Factor32;
import org.frameline.fft.engine.plain.FramePixels32;
import org.frameline.fft.engine.plain.Lines32;
import org.frameline.fft.engine.plain.Parts32;
import org.frameline.fft.engine.plain.RowChange32;
import org.frameline.fft.engine.plain.RowPairs32;
import org.frameline.fft.engine.plain.Weave32;

/** Small radices, logarithms and what is written in vectors; the rest is plain Java. Immutable. */
final class VectorParts32 extends Parts32 {

  @Override
  protected Factor32 factor(int radix, float[] roots, int lanes) {
    return switch (radix) {
      case 2 -> new Two32(roots);
      case 3 -> new Three32(roots);
      case 4 -> new Four32(roots);
      case 5 -> new Five32(roots);
      default -> super.factor(radix, roots, lanes);
    };
  }

  @Override
  protected FramePixels32 pixels(SpectrumFormat format) {
    boolean vectors = MovesInVectors.areWorthIt(Width32.LANES) && VectorPixels.suits(format);
    return vectors ? new VectorPixels(format) : super.pixels(format);
  }

  @Override
  protected RowPairs32 rowPairs(Lines32 tile, int[] places) {
    return MovesInVectors.areWorthIt(Width32.LANES)
        ? new VectorRowPairs32(tile, places)
        : super.rowPairs(tile, places);
  }

  @Override
  protected RowChange32 logOfRoots(int length) {
    return new LogOfRoots32(length);
  }

  /** Java 17 makes objects of shuffles of two numbers. */
  @Override
  protected Weave32 weave() {
    return Width32.LANES > 2 ? new VectorWeave32() : super.weave();
  }
}
