package org.frameline.fft.engine.plain;

import org.frameline.fft.CoefficientRows;
import org.frameline.fft.PlaneFft;
import org.frameline.fft.SampleRows;

/** Planes that someone else reads, in single precision. Not thread-safe. */
final class PlainPlane32 implements PlaneFft<float[]> {
  private final int height;
  private final PlaneRows32 rows;
  private final PlaneTransform32 transform;
  private final float[] reIm;

  PlainPlane32(int height, int width, Parts32 parts) {
    this.height = height;
    rows = new PlaneRows32(width);
    transform = new PlaneTransform32(height, width, parts);
    reIm = new float[2 * (width / 2 + 1)];
  }

  @Override
  public void forward(SampleRows samples, CoefficientRows<float[]> to) {
    rows.begin(samples);
    HalfSpectrum32 spectrum = transform.forward(rows);
    rows.end();
    for (int row = 0; row < height; row++) {
      spectrum.weave(row, reIm);
      to.put(row, reIm, 0);
    }
  }
}
