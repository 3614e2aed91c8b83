package org.frameline.analysis.plot;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.frameline.analysis.images.ChosenFrames;
import org.frameline.analysis.images.FrameSeries;
import org.frameline.analysis.images.Selection;

/** When the frames of a file came, and how bright they are. Nobody changes its arrays. */
final class Series {
  private static final double NS_PER_S = 1e9;

  private final long[] numbers;
  private final long[] timesNs;
  private final double[] mean;
  private final double[] largest;
  private final boolean isTimed;
  private final long missing;

  private Series(int count, boolean isTimed, long missing) {
    numbers = new long[count];
    timesNs = new long[count];
    mean = new double[count];
    largest = new double[count];
    this.isTimed = isTimed;
    this.missing = missing;
  }

  /**
   * Reads all frames that are wanted.
   *
   * @param progress gets how many are read
   * @return null when it was stopped
   * @throws IOException when one cannot be read, or there is none
   */
  static Series read(
      FrameSeries frames, Selection selection, LongConsumer progress, BooleanSupplier stop)
      throws IOException {
    if (frames.type().isComplex()) {
      throw new IOException(
          frames.file() + ": expected images, found " + frames.type().wireName() + " spectra");
    }
    ChosenFrames chosen = selection.in(frames);
    int count = chosen.count();
    if (count == 0) {
      throw new IOException(frames.file() + ": expected frames in this range, found none");
    }
    frames.readAhead();
    boolean isTimed = frames.timestampNs(chosen.row(0)).isPresent();
    Series series = new Series(count, isTimed, chosen.missing());
    Brightness brightness = new Brightness();
    for (int i = 0; i < count; i++) {
      if (stop.getAsBoolean()) {
        return null;
      }
      series.numbers[i] = frames.number(chosen.row(i));
      series.timesNs[i] = frames.timestampNs(chosen.row(i)).orElse(0);
      brightness.see(frames.values(chosen.row(i)), frames.type());
      series.mean[i] = brightness.mean();
      series.largest[i] = brightness.largest();
      progress.accept(i + 1L);
    }
    return series;
  }

  int count() {
    return numbers.length;
  }

  /** How many of the frames that were asked for are not in the file. */
  long missing() {
    return missing;
  }

  /** Whether anybody knows when they came. */
  boolean isTimed() {
    return isTimed;
  }

  long[] numbers() {
    return numbers;
  }

  long[] timesNs() {
    return timesNs;
  }

  double[] mean() {
    return mean;
  }

  double[] largest() {
    return largest;
  }

  /** Seconds since the first frame, or frame numbers where nobody knows the time. */
  double[] along() {
    double[] along = new double[count()];
    for (int i = 0; i < along.length; i++) {
      along[i] = isTimed ? (timesNs[i] - timesNs[0]) / NS_PER_S : numbers[i];
    }
    return along;
  }
}
