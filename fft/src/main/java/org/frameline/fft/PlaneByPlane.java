package org.frameline.fft;

import java.nio.ByteBuffer;

/**
 * Whole frames through a plan for planes: takes the channels apart, and reduces each row of a
 * spectrum as it comes. The stages share one precision, tied by the type of their rows. Not
 * thread-safe.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class PlaneByPlane<A> implements FrameFft {
  private final int channels;
  private final PixelRows samples;
  private final PlaneFft<A> fft;
  private final SpectrumRows<A> rows;

  private PlaneByPlane(SpectrumFormat format, PlaneFft<A> fft, SpectrumRows<A> rows) {
    channels = format.channels();
    samples = new PixelRows(format);
    this.fft = fft;
    this.rows = rows;
  }

  static FrameFft of(SpectrumFormat format, FftEngine engine) {
    int height = format.height();
    int width = format.width();
    return switch (format.precision()) {
      case FLOAT32 ->
          new PlaneByPlane<>(format, engine.float32(height, width), new SpectrumRows32(format));
      case FLOAT64 ->
          new PlaneByPlane<>(format, engine.float64(height, width), new SpectrumRows64(format));
    };
  }

  @Override
  public void transform(ByteBuffer pixels, ByteBuffer out) {
    rows.begin(out);
    for (int channel = 0; channel < channels; channel++) {
      samples.select(pixels, channel);
      rows.select(channel);
      fft.forward(samples, rows);
    }
    samples.release();
    rows.end();
  }
}
