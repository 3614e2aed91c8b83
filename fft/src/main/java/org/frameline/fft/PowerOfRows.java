package org.frameline.fft;

/** Power from a plan that has rows of coefficients. Not thread-safe. */
final class PowerOfRows implements PlanePower {
  private final PlaneFft<float[]> fft;
  private final int bins;
  private final float[][] column;

  PowerOfRows(PlaneFft<float[]> fft, int width) {
    this.fft = fft;
    bins = width / 2 + 1;
    column = new float[width][1];
  }

  @Override
  public void transform(SampleLanes samples, float[] power) {
    fft.forward(
        (row, to) -> {
          samples.load(row, 1, 1, column);
          for (int x = 0; x < to.length; x++) {
            to[x] = column[x][0];
          }
        },
        (row, reIm, offset) -> {
          for (int x = 0; x < bins; x++) {
            float re = reIm[offset + 2 * x];
            float im = reIm[offset + 2 * x + 1];
            power[row * bins + x] = re * re + im * im;
          }
        });
  }
}
