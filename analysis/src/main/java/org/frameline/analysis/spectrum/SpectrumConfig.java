package org.frameline.analysis.spectrum;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.frameline.analysis.images.Selection;
import org.frameline.fft.FftEngine;

/**
 * What to transform, and how. Immutable.
 *
 * @param file a recording, or another file with a stack of images
 * @param entry of a recording; empty for the first
 * @param dataset in another file; empty for the first that may be it
 * @param selection which frames
 * @param region which part of them; empty for all
 * @param channel 0 to C-1, or {@link Plane#ALL_CHANNELS}
 * @param window what they are multiplied with
 * @param engine what transforms them
 * @param peaks how many lines of the mean spectrum are listed
 * @param pixelMetres side of a pixel in metres; empty where nobody said
 * @param threads how many transform at once
 */
record SpectrumConfig(
    Path file,
    Optional<String> entry,
    Optional<String> dataset,
    Selection selection,
    Optional<Region> region,
    int channel,
    Window window,
    FftEngine engine,
    int peaks,
    OptionalDouble pixelMetres,
    int threads) {
  SpectrumConfig {
    if (peaks < 1) {
      throw new IllegalArgumentException("--peaks: expected 1 or more, found " + peaks);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("--threads: expected 1 or more, found " + threads);
    }
  }
}
