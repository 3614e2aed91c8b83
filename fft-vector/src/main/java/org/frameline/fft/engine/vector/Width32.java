package org.frameline.fft.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** How wide vectors of single precision are here: as the processor has them. Stateless. */
final class Width32 {
  /** Blocks of lines end where vectors of so many bytes do, and not always where wider ones do. */
  private static final int MOST_BYTES = 64;

  /** A constant to the compiler, which makes instructions of vectors only if it is one. */
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.vectorByteSize() > MOST_BYTES
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  static final int LANES = SPECIES.length();

  private Width32() {}
}
