package org.frameline.analysis.spectrum;

import java.util.Arrays;
import org.frameline.fft.PlanePower;
import org.frameline.fft.SampleLanes;

/** The power of one image after the other, and the sum of all. Not thread-safe. */
final class FramePower extends Bins {
  private final PlanePower plan;
  private final float[] values;
  private final float[] columnSums;
  private final float[] highest;
  private final Power sum;

  /** Nothing yet, of planes of this size, which a plan for them transforms. */
  FramePower(int width, int height, PlanePower plan) {
    super(width, height);
    this.plan = plan;
    values = new float[count()];
    columnSums = new float[bins()];
    highest = new float[height];
    sum = new Power(width, height);
  }

  /** Transforms an image, in place of the last. */
  void transform(SampleLanes samples) {
    plan.transform(samples, values);
    Arrays.fill(columnSums, 0);
    addRows();
  }

  private void addRows() {
    for (int row = 0; row < highest.length; row++) {
      int first = row * columnSums.length;
      highest[row] = add(values, first, columnSums.length, columnSums, sum.values());
    }
  }

  /** Adds a row to both sums, and gives the highest power in it. */
  private static float add(float[] row, int first, int count, float[] columns, double[] sum) {
    float highest = 0;
    for (int x = 0; x < count; x++) {
      float power = row[first + x];
      columns[x] += power;
      sum[first + x] += power;
      if (power > highest) {
        highest = power;
      }
    }
    return highest;
  }

  @Override
  double power(int index) {
    return values[index];
  }

  @Override
  double highest(int row) {
    return highest[row];
  }

  /** Of the last image, in the whole spectrum, without that at frequency 0. */
  double total() {
    double total = -values[0];
    for (int x = 0; x < columnSums.length; x++) {
      total += weight(x) * (double) columnSums[x];
    }
    return total;
  }

  /** Of all images so far. */
  Power sum() {
    return sum;
  }
}
