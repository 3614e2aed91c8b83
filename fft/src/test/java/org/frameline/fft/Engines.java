package org.frameline.fft;

import java.util.List;
import org.frameline.fft.engine.FftEngines;

/** The engines that can be used here: each has to pass every test of spectra. */
final class Engines {
  /** A module with an engine of its own runs the tests with that alone, whatever is in its way. */
  private static final String CLASS_NAME = System.getProperty("frameline.engine.class");

  private Engines() {}

  static List<String> here() {
    return CLASS_NAME == null ? FftEngines.all().namesHere() : List.of(CLASS_NAME);
  }

  static FftEngine named(String name) {
    return CLASS_NAME == null ? FftEngines.all().named(name) : made(name);
  }

  private static FftEngine made(String className) {
    try {
      return Class.forName(className).asSubclass(FftEngine.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(className, e);
    }
  }
}
