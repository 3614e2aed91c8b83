package org.frameline.fft.engine.plain;

/** The kernels that butterflies are put together from. */
final class Kernels32 {
  private Kernels32() {}

  /** {@code x, y = x + y, x - y}. */
  static final class SumAndDifference extends Kernel32 {
    @Override
    protected void run(
        float[] xr, float[] xi, float[] yr, float[] yi, float[] turns, int v, int w, int n) {
      for (int i = 0; i < n; i++) {
        float a = xr[i];
        float b = xi[i];
        float c = yr[i];
        float d = yi[i];
        xr[i] = a + c;
        xi[i] = b + d;
        yr[i] = a - c;
        yi[i] = b - d;
      }
    }
  }

  /** {@code x, y = x + y, w (x - y)}. */
  static final class SumAndTurnedDifference extends Kernel32 {
    @Override
    protected void run(
        float[] xr, float[] xi, float[] yr, float[] yi, float[] turns, int v, int w, int n) {
      float factor = turns[w];
      float sum = turns[w + 1];
      float difference = turns[w + 2];
      for (int i = 0; i < n; i++) {
        float a = xr[i];
        float b = xi[i];
        float c = yr[i];
        float d = yi[i];
        float p = a - c;
        float q = b - d;
        float k = factor * (p + q);
        xr[i] = a + c;
        xi[i] = b + d;
        yr[i] = k - q * sum;
        yi[i] = k + p * difference;
      }
    }
  }

  /** {@code x, y = x + y, x + f y}, for a real f. */
  static final class SumAndScaledSum extends Kernel32 {
    private final float scale;

    SumAndScaledSum(double scale) {
      this.scale = (float) scale;
    }

    @Override
    protected void run(
        float[] xr, float[] xi, float[] yr, float[] yi, float[] turns, int v, int w, int n) {
      float f = scale;
      for (int i = 0; i < n; i++) {
        float a = xr[i];
        float b = xi[i];
        float c = yr[i];
        float d = yi[i];
        xr[i] = a + c;
        xi[i] = b + d;
        yr[i] = c * f + a;
        yi[i] = d * f + b;
      }
    }
  }

  /** {@code x, y = x + f y, x - f y}, for a real f. */
  static final class ScaledSumAndDifference extends Kernel32 {
    private final float scale;

    ScaledSumAndDifference(double scale) {
      this.scale = (float) scale;
    }

    @Override
    protected void run(
        float[] xr, float[] xi, float[] yr, float[] yi, float[] turns, int v, int w, int n) {
      float f = scale;
      for (int i = 0; i < n; i++) {
        float a = xr[i];
        float b = xi[i];
        float c = yr[i] * f;
        float d = yi[i] * f;
        xr[i] = a + c;
        xi[i] = b + d;
        yr[i] = a - c;
        yi[i] = b - d;
      }
    }
  }

  /** {@code x, y = f x + g y, g x - f y}, for real f and g. */
  static final class Mix extends Kernel32 {
    private final float second;
    private final float difference;
    private final float sum;

    Mix(double f, double g) {
      second = (float) g;
      difference = (float) (f - g);
      sum = (float) (f + g);
    }

    @Override
    protected void run(
        float[] xr, float[] xi, float[] yr, float[] yi, float[] turns, int v, int w, int n) {
      float g = second;
      float p = difference;
      float q = sum;
      for (int i = 0; i < n; i++) {
        float a = xr[i];
        float b = xi[i];
        float c = yr[i];
        float d = yi[i];
        float k = g * (a + c);
        float l = g * (b + d);
        xr[i] = k + a * p;
        xi[i] = l + b * p;
        yr[i] = k - c * q;
        yi[i] = l - d * q;
      }
    }
  }

  /** {@code x, y = x - i f y, x + i f y}, for a real f. */
  static final class QuarterTurn extends Kernel32 {
    private final float scale;

    QuarterTurn(double scale) {
      this.scale = (float) scale;
    }

    @Override
    protected void run(
        float[] xr, float[] xi, float[] yr, float[] yi, float[] turns, int v, int w, int n) {
      float f = scale;
      for (int i = 0; i < n; i++) {
        float a = xr[i];
        float b = xi[i];
        float c = yr[i] * f;
        float d = yi[i] * f;
        xr[i] = a + d;
        xi[i] = b - c;
        yr[i] = a - d;
        yi[i] = b + c;
      }
    }
  }

  /** {@code x, y = v (x - i f y), w (x + i f y)}, for a real f. */
  static final class TurnedQuarterTurn extends Kernel32 {
    private final float scale;

    TurnedQuarterTurn(double scale) {
      this.scale = (float) scale;
    }

    @Override
    protected void run(
        float[] xr, float[] xi, float[] yr, float[] yi, float[] turns, int v, int w, int n) {
      float f = scale;
      float factorX = turns[v];
      float sumX = turns[v + 1];
      float differenceX = turns[v + 2];
      float factorY = turns[w];
      float sumY = turns[w + 1];
      float differenceY = turns[w + 2];
      for (int i = 0; i < n; i++) {
        float a = xr[i];
        float b = xi[i];
        float c = yr[i] * f;
        float d = yi[i] * f;
        float p = a + d;
        float q = b - c;
        float r = a - d;
        float s = b + c;
        float k = factorX * (p + q);
        float l = factorY * (r + s);
        xr[i] = k - q * sumX;
        xi[i] = k + p * differenceX;
        yr[i] = l - s * sumY;
        yi[i] = l + r * differenceY;
      }
    }
  }

  /**
   * Takes apart the spectra of two real rows whose halves went through one complex transform as
   * real and imaginary part: {@code x, y = x + y*, x - y*}, the latter divided by i, where x is the
   * number at a frequency and y that at its negative (Press et al., Numerical Recipes, 3rd ed.,
   * section 12.3.2). The real part of the first row's number is left in {@code xr}, its imaginary
   * part in {@code yi}, those of the second row in {@code xi} and {@code yr}.
   */
  static final class TakeApart extends Kernel32 {
    @Override
    protected void run(
        float[] xr, float[] xi, float[] yr, float[] yi, float[] turns, int v, int w, int n) {
      for (int i = 0; i < n; i++) {
        float a = xr[i];
        float b = xi[i];
        float c = yr[i];
        float d = yi[i];
        xr[i] = a + c;
        xi[i] = b + d;
        yr[i] = c - a;
        yi[i] = b - d;
      }
    }
  }

  /** {@code x = 2 x}: what {@link TakeApart} comes to where a number is its own mirror image. */
  static final class Twice extends Kernel32 {
    @Override
    protected void run(
        float[] xr, float[] xi, float[] yr, float[] yi, float[] turns, int v, int w, int n) {
      for (int i = 0; i < n; i++) {
        xr[i] += xr[i];
        xi[i] += xi[i];
      }
    }
  }

  /** {@code y = w x}. */
  static final class Multiply extends Kernel32 {
    @Override
    protected void run(
        float[] xr, float[] xi, float[] yr, float[] yi, float[] turns, int v, int w, int n) {
      float factor = turns[w];
      float sum = turns[w + 1];
      float difference = turns[w + 2];
      for (int i = 0; i < n; i++) {
        float a = xr[i];
        float b = xi[i];
        float k = factor * (a + b);
        yr[i] = k - b * sum;
        yi[i] = k + a * difference;
      }
    }
  }

  /** {@code y = y + f x}, for a real f. */
  static final class AddScaled extends Kernel32 {
    private final float scale;

    AddScaled(double scale) {
      this.scale = (float) scale;
    }

    @Override
    protected void run(
        float[] xr, float[] xi, float[] yr, float[] yi, float[] turns, int v, int w, int n) {
      float f = scale;
      for (int i = 0; i < n; i++) {
        yr[i] += xr[i] * f;
        yi[i] += xi[i] * f;
      }
    }
  }

  /** {@code a = f b + g c + h d}, all real, where the arrays are a, b, c, d, and w = {f, g, h}. */
  static final class WeightedSum extends Kernel32 {
    @Override
    protected void run(
        float[] a, float[] b, float[] c, float[] d, float[] weights, int v, int w, int n) {
      float f = weights[w];
      float g = weights[w + 1];
      float h = weights[w + 2];
      for (int i = 0; i < n; i++) {
        a[i] = b[i] * f + c[i] * g + d[i] * h;
      }
    }
  }

  /** {@code a = a + f b + g c + h d}, as {@link WeightedSum}. */
  static final class AddWeightedSum extends Kernel32 {
    @Override
    protected void run(
        float[] a, float[] b, float[] c, float[] d, float[] weights, int v, int w, int n) {
      float f = weights[w];
      float g = weights[w + 1];
      float h = weights[w + 2];
      for (int i = 0; i < n; i++) {
        a[i] += b[i] * f + c[i] * g + d[i] * h;
      }
    }
  }
}
