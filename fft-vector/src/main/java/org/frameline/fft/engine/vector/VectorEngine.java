package org.frameline.fft.engine.vector;

import org.frameline.fft.FftEngine;
import org.frameline.fft.FrameFft;
import org.frameline.fft.PlaneFft;
import org.frameline.fft.PlanePower;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.engine.plain.PlainEngine;

/** The engine in vectors, see the package. Immutable. Loaded by its name. */
public final class VectorEngine implements FftEngine {
  /** Its name. */
  public static final String NAME = "vector";

  private final FftEngine engine = new PlainEngine(new VectorParts32(), new VectorParts64());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PlaneFft<float[]> float32(int height, int width) {
    return engine.float32(height, width);
  }

  @Override
  public PlaneFft<double[]> float64(int height, int width) {
    return engine.float64(height, width);
  }

  @Override
  public PlanePower power32(int height, int width) {
    return engine.power32(height, width);
  }

  @Override
  public FrameFft frames(SpectrumFormat format) {
    return engine.frames(format);
  }
}
