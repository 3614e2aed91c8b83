package org.frameline.fft.engine.jtransforms;

import java.util.Arrays;
import org.frameline.fft.CoefficientRows;
import org.frameline.fft.PlaneFft;
import org.frameline.fft.SampleRows;

/**
 * Single-precision plan from the 1-D complex transforms of JTransforms. Not thread-safe.
 *
 * <p>Two real rows travel as real and imaginary part through one complex transform and are taken
 * apart by symmetry (Press et al., Numerical Recipes, 3rd ed., section 12.3.2, "FFT of two real
 * functions simultaneously"). Taking apart happens while a block of columns is gathered, so the
 * half spectrum of the rows never exists as an array of its own.
 *
 * <p>{@link JTransformsPlane64} is the same in double; it stays a copy because Java has no generics
 * over primitives.
 */
final class JTransformsPlane32 implements PlaneFft<float[]> {
  /** 16 columns are two cache lines of a spectrum row, and 480 rows of them fit the L2 cache. */
  private static final int BLOCK = 16;

  private final int height;
  private final int width;
  private final int bins;
  private final int pairs;
  private final LineFft32 rowFft;
  private final LineFft32 columnFft;
  private final float[] evenRow;
  private final float[] oddRow;

  /** {@code [pairs,W]} complex: row 2p is the real part, row 2p+1 the imaginary part. */
  private final float[] packed;

  /** {@code [BLOCK,2*pairs]} complex: a block of columns, each contiguous. */
  private final float[] columns;

  /** {@code [H,bins]} complex. */
  private final float[] spectrum;

  JTransformsPlane32(int height, int width) {
    this.height = height;
    this.width = width;
    bins = width / 2 + 1;
    pairs = (height + 1) / 2;
    rowFft = LineFft32.ofLength(width);
    columnFft = height == width ? rowFft : LineFft32.ofLength(height);
    evenRow = new float[width];
    oddRow = new float[width];
    packed = new float[pairs * 2 * width];
    columns = new float[Math.min(BLOCK, bins) * 4 * pairs];
    spectrum = new float[height * 2 * bins];
  }

  @Override
  public void forward(SampleRows samples, CoefficientRows<float[]> to) {
    for (int pair = 0; pair < pairs; pair++) {
      packRows(samples, pair);
      rowFft.forward(packed, pair * 2 * width);
    }
    for (int first = 0; first < bins; first += BLOCK) {
      int count = Math.min(BLOCK, bins - first);
      gatherColumns(first, count);
      for (int column = 0; column < count; column++) {
        columnFft.forward(columns, column * 4 * pairs);
      }
      scatterColumns(first, count);
    }
    for (int row = 0; row < height; row++) {
      to.put(row, spectrum, row * 2 * bins);
    }
  }

  private void packRows(SampleRows samples, int pair) {
    samples.read(2 * pair, evenRow);
    if (2 * pair + 1 < height) {
      samples.read(2 * pair + 1, oddRow);
    } else {
      Arrays.fill(oddRow, 0);
    }
    int base = pair * 2 * width;
    for (int x = 0; x < width; x++) {
      packed[base + 2 * x] = evenRow[x];
      packed[base + 2 * x + 1] = oddRow[x];
    }
  }

  /** With Z = FFT(a + ib): A[k] = (Z[k] + Z*[W-k]) / 2 and B[k] = (Z[k] - Z*[W-k]) / 2i. */
  private void gatherColumns(int first, int count) {
    for (int pair = 0; pair < pairs; pair++) {
      int base = pair * 2 * width;
      for (int column = 0; column < count; column++) {
        int bin = first + column;
        int direct = base + 2 * bin;
        int mirror = base + (bin == 0 ? 0 : 2 * (width - bin));
        float re = packed[direct];
        float im = packed[direct + 1];
        float mirrorRe = packed[mirror];
        float mirrorIm = packed[mirror + 1];
        int to = column * 4 * pairs + 4 * pair;
        columns[to] = 0.5f * (re + mirrorRe);
        columns[to + 1] = 0.5f * (im - mirrorIm);
        columns[to + 2] = 0.5f * (im + mirrorIm);
        columns[to + 3] = 0.5f * (mirrorRe - re);
      }
    }
  }

  private void scatterColumns(int first, int count) {
    for (int row = 0; row < height; row++) {
      int to = (row * bins + first) * 2;
      int from = 2 * row;
      for (int column = 0; column < count; column++) {
        spectrum[to + 2 * column] = columns[from];
        spectrum[to + 2 * column + 1] = columns[from + 1];
        from += 4 * pairs;
      }
    }
  }
}
