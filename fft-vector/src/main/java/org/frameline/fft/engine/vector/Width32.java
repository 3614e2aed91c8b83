package org.frameline.fft.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** How wide vectors of single precision are here: as the processor has them. Stateless. */
final class Width32 {
  /**
   * Earlier versions of Java make objects of vectors, also elsewhere, where a program has two
   * widths of one type of number. There all are as wide as {@link Eight32} needs them.
   */
  private static final int TWO_WIDTHS_SINCE = 25;

  /** Blocks of lines end where vectors of so many bytes do, and not always where wider ones do. */
  private static final int WIDEST_BYTES = 64;

  private static final int MOST_BYTES =
      Runtime.version().feature() < TWO_WIDTHS_SINCE ? Eight32.SIDE * Float.BYTES : WIDEST_BYTES;

  /** A constant to the compiler, which makes instructions of vectors only if it is one. */
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.vectorByteSize() > MOST_BYTES
          ? VectorSpecies.of(float.class, VectorShape.forBitSize(Byte.SIZE * MOST_BYTES))
          : FloatVector.SPECIES_PREFERRED;

  static final int LANES = SPECIES.length();

  private Width32() {}
}
