package org.frameline.analysis.spectrum;

import java.util.List;
import org.frameline.analysis.images.ChosenFrames;

/** What was computed of a series of images. Nobody changes its arrays. */
final class Spectra {
  private final Region region;
  private final ChosenFrames chosen;
  private final Series series;
  private final Power mean;
  private final List<Peak> peaks;

  /**
   * Results.
   *
   * @param region the part of the images that was transformed
   * @param chosen which images
   * @param series what was found in each of them
   * @param mean power of all images, mean over them
   * @param peaks lines of the mean power, the strongest first
   */
  Spectra(Region region, ChosenFrames chosen, Series series, Power mean, List<Peak> peaks) {
    this.region = region;
    this.chosen = chosen;
    this.series = series;
    this.mean = mean;
    this.peaks = List.copyOf(peaks);
  }

  /** One value for each image. Each place is written by one thread. */
  static final class Series {
    /** Frame numbers. */
    final long[] numbers;

    /** When they were grabbed, UTC epoch nanoseconds; 0 where nobody knows. */
    final long[] timesNs;

    /** Power without that at frequency 0. */
    final double[] total;

    /** The strongest line; null where there is none. */
    final Peak[] strongest;

    Series(int count) {
      numbers = new long[count];
      timesNs = new long[count];
      total = new double[count];
      strongest = new Peak[count];
    }
  }

  Region region() {
    return region;
  }

  /** How many of the frames that were asked for are not in the file. */
  long missing() {
    return chosen.missing();
  }

  Series series() {
    return series;
  }

  Power mean() {
    return mean;
  }

  List<Peak> peaks() {
    return peaks;
  }
}
