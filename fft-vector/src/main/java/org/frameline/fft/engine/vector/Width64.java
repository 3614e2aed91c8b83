package org.frameline.fft.engine.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** How wide vectors of double precision are here: as the processor has them. Stateless. */
final class Width64 {
  /** Blocks of lines end where vectors of so many bytes do, and not always where wider ones do. */
  private static final int MOST_BYTES = 64;

  /** A constant to the compiler, which makes instructions of vectors only if it is one. */
  static final VectorSpecies<Double> SPECIES =
      DoubleVector.SPECIES_PREFERRED.vectorByteSize() > MOST_BYTES
          ? DoubleVector.SPECIES_512
          : DoubleVector.SPECIES_PREFERRED;

  static final int LANES = SPECIES.length();

  private Width64() {}
}
