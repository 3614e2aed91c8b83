package org.frameline.fft.engine.plain;

import org.frameline.fft.FftEngine;
import org.frameline.fft.FrameFft;
import org.frameline.fft.PlaneFft;
import org.frameline.fft.PlanePower;
import org.frameline.fft.SpectrumFormat;

/** The engine in plain Java, or with parts of another's, see the package. Immutable. */
public final class PlainEngine implements FftEngine {
  /** Its name. */
  public static final String NAME = "java";

  private final Parts32 parts32;
  private final Parts64 parts64;

  /** All in plain Java. */
  public PlainEngine() {
    this(Parts32.PLAIN, Parts64.PLAIN);
  }

  /** With these parts, for an engine of another name. */
  public PlainEngine(Parts32 parts32, Parts64 parts64) {
    this.parts32 = parts32;
    this.parts64 = parts64;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PlaneFft<float[]> float32(int height, int width) {
    return new PlainPlane32(height, width, parts32);
  }

  @Override
  public PlaneFft<double[]> float64(int height, int width) {
    return new PlainPlane64(height, width, parts64);
  }

  @Override
  public PlanePower power32(int height, int width) {
    return new PlainPower(height, width, parts32);
  }

  @Override
  public FrameFft frames(SpectrumFormat format) {
    return switch (format.precision()) {
      case FLOAT32 -> new PlainFrame32(format, parts32);
      case FLOAT64 -> new PlainFrame64(format, parts64);
    };
  }
}
