package org.frameline.fft.engine.jtransforms;

import org.frameline.fft.FftEngine;
import org.frameline.fft.PlaneFft;
import org.visnow.jlargearrays.ConcurrencyUtils;

/**
 * The engine on JTransforms, pure Java. Stateless.
 *
 * <p>Only the library's 1-D transforms are used. Its 2-D real transform of sizes that are not
 * powers of two computes all W columns, although W/2+1 determine the rest, and scatters its work
 * over many small arrays.
 */
public final class JTransformsEngine implements FftEngine {
  /** Its name. */
  public static final String NAME = "jtransforms";

  /** Switches the library's own threads off, for the whole process. */
  public JTransformsEngine() {
    // Workers are the unit of parallelism here; the library would start a pool for long lines.
    ConcurrencyUtils.setNumberOfThreads(1);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PlaneFft<float[]> float32(int height, int width) {
    return new JTransformsPlane32(height, width);
  }

  @Override
  public PlaneFft<double[]> float64(int height, int width) {
    return new JTransformsPlane64(height, width);
  }
}
