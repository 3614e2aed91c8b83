package org.frameline.fft.engine.plain;

/** The kernels that butterflies are put together from. */
final class Kernels64 {
  private Kernels64() {}

  /** {@code x, y = x + y, x - y}. */
  static final class SumAndDifference extends Kernel64 {
    @Override
    protected void run(
        double[] xr, double[] xi, double[] yr, double[] yi, double[] turns, int v, int w, int n) {
      for (int i = 0; i < n; i++) {
        double a = xr[i];
        double b = xi[i];
        double c = yr[i];
        double d = yi[i];
        xr[i] = a + c;
        xi[i] = b + d;
        yr[i] = a - c;
        yi[i] = b - d;
      }
    }
  }

  /** {@code x, y = x + y, w (x - y)}. */
  static final class SumAndTurnedDifference extends Kernel64 {
    @Override
    protected void run(
        double[] xr, double[] xi, double[] yr, double[] yi, double[] turns, int v, int w, int n) {
      double factor = turns[w];
      double sum = turns[w + 1];
      double difference = turns[w + 2];
      for (int i = 0; i < n; i++) {
        double a = xr[i];
        double b = xi[i];
        double c = yr[i];
        double d = yi[i];
        double p = a - c;
        double q = b - d;
        double k = factor * (p + q);
        xr[i] = a + c;
        xi[i] = b + d;
        yr[i] = k - q * sum;
        yi[i] = k + p * difference;
      }
    }
  }

  /** {@code x, y = x + y, x + f y}, for a real f. */
  static final class SumAndScaledSum extends Kernel64 {
    private final double scale;

    SumAndScaledSum(double scale) {
      this.scale = scale;
    }

    @Override
    protected void run(
        double[] xr, double[] xi, double[] yr, double[] yi, double[] turns, int v, int w, int n) {
      double f = scale;
      for (int i = 0; i < n; i++) {
        double a = xr[i];
        double b = xi[i];
        double c = yr[i];
        double d = yi[i];
        xr[i] = a + c;
        xi[i] = b + d;
        yr[i] = c * f + a;
        yi[i] = d * f + b;
      }
    }
  }

  /** {@code x, y = x + f y, x - f y}, for a real f. */
  static final class ScaledSumAndDifference extends Kernel64 {
    private final double scale;

    ScaledSumAndDifference(double scale) {
      this.scale = scale;
    }

    @Override
    protected void run(
        double[] xr, double[] xi, double[] yr, double[] yi, double[] turns, int v, int w, int n) {
      double f = scale;
      for (int i = 0; i < n; i++) {
        double a = xr[i];
        double b = xi[i];
        double c = yr[i] * f;
        double d = yi[i] * f;
        xr[i] = a + c;
        xi[i] = b + d;
        yr[i] = a - c;
        yi[i] = b - d;
      }
    }
  }

  /** {@code x, y = f x + g y, g x - f y}, for real f and g. */
  static final class Mix extends Kernel64 {
    private final double second;
    private final double difference;
    private final double sum;

    Mix(double f, double g) {
      second = g;
      difference = (f - g);
      sum = (f + g);
    }

    @Override
    protected void run(
        double[] xr, double[] xi, double[] yr, double[] yi, double[] turns, int v, int w, int n) {
      double g = second;
      double p = difference;
      double q = sum;
      for (int i = 0; i < n; i++) {
        double a = xr[i];
        double b = xi[i];
        double c = yr[i];
        double d = yi[i];
        double k = g * (a + c);
        double l = g * (b + d);
        xr[i] = k + a * p;
        xi[i] = l + b * p;
        yr[i] = k - c * q;
        yi[i] = l - d * q;
      }
    }
  }

  /** {@code x, y = x - i f y, x + i f y}, for a real f. */
  static final class QuarterTurn extends Kernel64 {
    private final double scale;

    QuarterTurn(double scale) {
      this.scale = scale;
    }

    @Override
    protected void run(
        double[] xr, double[] xi, double[] yr, double[] yi, double[] turns, int v, int w, int n) {
      double f = scale;
      for (int i = 0; i < n; i++) {
        double a = xr[i];
        double b = xi[i];
        double c = yr[i] * f;
        double d = yi[i] * f;
        xr[i] = a + d;
        xi[i] = b - c;
        yr[i] = a - d;
        yi[i] = b + c;
      }
    }
  }

  /** {@code x, y = v (x - i f y), w (x + i f y)}, for a real f. */
  static final class TurnedQuarterTurn extends Kernel64 {
    private final double scale;

    TurnedQuarterTurn(double scale) {
      this.scale = scale;
    }

    @Override
    protected void run(
        double[] xr, double[] xi, double[] yr, double[] yi, double[] turns, int v, int w, int n) {
      double f = scale;
      double factorX = turns[v];
      double sumX = turns[v + 1];
      double differenceX = turns[v + 2];
      double factorY = turns[w];
      double sumY = turns[w + 1];
      double differenceY = turns[w + 2];
      for (int i = 0; i < n; i++) {
        double a = xr[i];
        double b = xi[i];
        double c = yr[i] * f;
        double d = yi[i] * f;
        double p = a + d;
        double q = b - c;
        double r = a - d;
        double s = b + c;
        double k = factorX * (p + q);
        double l = factorY * (r + s);
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
  static final class TakeApart extends Kernel64 {
    @Override
    protected void run(
        double[] xr, double[] xi, double[] yr, double[] yi, double[] turns, int v, int w, int n) {
      for (int i = 0; i < n; i++) {
        double a = xr[i];
        double b = xi[i];
        double c = yr[i];
        double d = yi[i];
        xr[i] = a + c;
        xi[i] = b + d;
        yr[i] = c - a;
        yi[i] = b - d;
      }
    }
  }

  /** {@code x = 2 x}: what {@link TakeApart} comes to where a number is its own mirror image. */
  static final class Twice extends Kernel64 {
    @Override
    protected void run(
        double[] xr, double[] xi, double[] yr, double[] yi, double[] turns, int v, int w, int n) {
      for (int i = 0; i < n; i++) {
        xr[i] += xr[i];
        xi[i] += xi[i];
      }
    }
  }

  /** {@code y = w x}. */
  static final class Multiply extends Kernel64 {
    @Override
    protected void run(
        double[] xr, double[] xi, double[] yr, double[] yi, double[] turns, int v, int w, int n) {
      double factor = turns[w];
      double sum = turns[w + 1];
      double difference = turns[w + 2];
      for (int i = 0; i < n; i++) {
        double a = xr[i];
        double b = xi[i];
        double k = factor * (a + b);
        yr[i] = k - b * sum;
        yi[i] = k + a * difference;
      }
    }
  }

  /** {@code y = y + f x}, for a real f. */
  static final class AddScaled extends Kernel64 {
    private final double scale;

    AddScaled(double scale) {
      this.scale = scale;
    }

    @Override
    protected void run(
        double[] xr, double[] xi, double[] yr, double[] yi, double[] turns, int v, int w, int n) {
      double f = scale;
      for (int i = 0; i < n; i++) {
        yr[i] += xr[i] * f;
        yi[i] += xi[i] * f;
      }
    }
  }

  /** {@code a = f b + g c + h d}, all real, where the arrays are a, b, c, d, and w = {f, g, h}. */
  static final class WeightedSum extends Kernel64 {
    @Override
    protected void run(
        double[] a, double[] b, double[] c, double[] d, double[] weights, int v, int w, int n) {
      double f = weights[w];
      double g = weights[w + 1];
      double h = weights[w + 2];
      for (int i = 0; i < n; i++) {
        a[i] = b[i] * f + c[i] * g + d[i] * h;
      }
    }
  }

  /** {@code a = a + f b + g c + h d}, as {@link WeightedSum}. */
  static final class AddWeightedSum extends Kernel64 {
    @Override
    protected void run(
        double[] a, double[] b, double[] c, double[] d, double[] weights, int v, int w, int n) {
      double f = weights[w];
      double g = weights[w + 1];
      double h = weights[w + 2];
      for (int i = 0; i < n; i++) {
        a[i] += b[i] * f + c[i] * g + d[i] * h;
      }
    }
  }
}
