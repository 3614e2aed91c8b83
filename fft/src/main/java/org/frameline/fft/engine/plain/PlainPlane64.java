package org.frameline.fft.engine.plain;

import org.frameline.fft.CoefficientRows;
import org.frameline.fft.PlaneFft;
import org.frameline.fft.SampleRows;

/** Planes that someone else reads, in double precision. Not thread-safe. */
final class PlainPlane64 implements PlaneFft<double[]> {
  private final int height;
  private final PlaneRows64 rows;
  private final PlaneTransform64 transform;
  private final double[] reIm;

  PlainPlane64(int height, int width, Parts64 parts) {
    this.height = height;
    rows = new PlaneRows64(width);
    transform = new PlaneTransform64(height, width, parts);
    reIm = new double[2 * (width / 2 + 1)];
  }

  @Override
  public void forward(SampleRows samples, CoefficientRows<double[]> to) {
    rows.begin(samples);
    HalfSpectrum64 spectrum = transform.forward(rows);
    rows.end();
    for (int row = 0; row < height; row++) {
      spectrum.weave(row, reIm);
      to.put(row, reIm, 0);
    }
  }
}
