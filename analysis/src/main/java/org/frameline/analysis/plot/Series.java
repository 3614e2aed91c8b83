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

  private final FrameSeries frames;
  private final ChosenFrames chosen;
  private final long[] numbers;
  private final long[] timesNs;
  private final double[] mean;
  private final double[] largest;
  private final boolean isTimed;

  private Series(FrameSeries frames, ChosenFrames chosen) {
    int count = chosen.count();
    this.frames = frames;
    this.chosen = chosen;
    isTimed = frames.timestampNs(chosen.row(0)).isPresent();
    numbers = new long[count];
    timesNs = new long[count];
    mean = new double[count];
    largest = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = frames.number(chosen.row(i));
      timesNs[i] = frames.timestampNs(chosen.row(i)).orElse(0);
    }
  }

  /**
   * The frames that are wanted. How bright they are is known after {@link #read}.
   *
   * @throws IOException when there is none
   */
  static Series of(FrameSeries frames, Selection selection) throws IOException {
    if (frames.type().isComplex()) {
      throw new IOException(
          frames.file() + ": expected images, found " + frames.type().wireName() + " spectra");
    }
    ChosenFrames chosen = selection.in(frames);
    if (chosen.count() == 0) {
      throw new IOException(frames.file() + ": expected frames in this range, found none");
    }
    return new Series(frames, chosen);
  }

  /**
   * Reads the frames, as long as their file is open.
   *
   * @param progress gets how many are read
   * @return false when it was stopped
   * @throws IOException when one cannot be read
   */
  boolean read(LongConsumer progress, BooleanSupplier stop) throws IOException {
    frames.readAhead();
    Brightness brightness = new Brightness();
    for (int i = 0; i < count(); i++) {
      if (stop.getAsBoolean()) {
        return false;
      }
      brightness.see(frames.values(chosen.row(i)), frames.type());
      mean[i] = brightness.mean();
      largest[i] = brightness.largest();
      progress.accept(i + 1L);
    }
    return true;
  }

  int count() {
    return numbers.length;
  }

  /** How many of the frames that were asked for are not in the file. */
  long missing() {
    return chosen.missing();
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
