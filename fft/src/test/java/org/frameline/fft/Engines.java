package org.frameline.fft;

import java.util.List;
import org.frameline.fft.engine.FftEngines;

/** The names of the engines that can be used here: each has to pass every test of spectra. */
final class Engines {
  private Engines() {}

  static List<String> here() {
    return FftEngines.all().namesHere();
  }

  static FftEngine named(String name) {
    return FftEngines.all().named(name);
  }
}
