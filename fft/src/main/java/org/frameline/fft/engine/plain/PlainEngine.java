package org.frameline.fft.engine.plain;

import org.frameline.fft.FftEngine;
import org.frameline.fft.FrameFft;
import org.frameline.fft.PlaneFft;
import org.frameline.fft.SpectrumFormat;

/** The engine in plain Java, see the package. Stateless. */
public final class PlainEngine implements FftEngine {
  /** Its name. */
  public static final String NAME = "java";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PlaneFft<float[]> float32(int height, int width) {
    return new PlainPlane32(height, width);
  }

  @Override
  public PlaneFft<double[]> float64(int height, int width) {
    return new PlainPlane64(height, width);
  }

  @Override
  public FrameFft frames(SpectrumFormat format) {
    return switch (format.precision()) {
      case FLOAT32 -> new PlainFrame32(format);
      case FLOAT64 -> new PlainFrame64(format);
    };
  }
}
