package org.frameline.fft.engine.vector;

import org.frameline.fft.engine.plain.Factor64;
import org.frameline.fft.engine.plain.Lines64;
import org.frameline.fft.engine.plain.Parts64;
import org.frameline.fft.engine.plain.RowChange64;
import org.frameline.fft.engine.plain.RowPairs64;
import org.frameline.fft.engine.plain.Weave64;

/** Small radices, logarithms and what is written in vectors; the rest is plain Java. Immutable. */
final class VectorParts64 extends Parts64 {

  @Override
  protected Factor64 factor(int radix, double[] roots, int lanes) {
    return switch (radix) {
      case 2 -> new Two64(roots);
      case 3 -> new Three64(roots);
      case 4 -> new Four64(roots);
      case 5 -> new Five64(roots);
      default -> super.factor(radix, roots, lanes);
    };
  }

  @Override
  protected RowPairs64 rowPairs(Lines64 tile, int[] places) {
    return MovesInVectors.areWorthIt(Width64.LANES)
        ? new VectorRowPairs64(tile, places)
        : super.rowPairs(tile, places);
  }

  @Override
  protected RowChange64 logOfRoots(int length) {
    return new LogOfRoots64(length);
  }

  /** Java 17 makes objects of shuffles of two numbers. */
  @Override
  protected Weave64 weave() {
    return Width64.LANES > 2 ? new VectorWeave64() : super.weave();
  }
}
