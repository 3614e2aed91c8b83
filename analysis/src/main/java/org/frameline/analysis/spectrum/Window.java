package org.frameline.analysis.spectrum;

import java.util.Arrays;
import java.util.Locale;

/** What an image is multiplied with before it is transformed. */
enum Window {
  /**
   * Hann's, periodic: {@code 0.5 - 0.5 cos(2 pi n / N)} along both axes, as {@code
   * scipy.signal.get_window("hann", N)}. It keeps what is at the edges from leaking over the whole
   * spectrum.
   */
  HANN,
  /** Nothing. */
  NONE;

  /**
   * Finds a window by its name on the command line.
   *
   * @throws IllegalArgumentException naming the windows there are
   */
  static Window ofOptionName(String name) {
    return Arrays.stream(values())
        .filter(window -> window.optionName().equals(name))
        .findAny()
        .orElseThrow(
            () -> new IllegalArgumentException("expected hann or none, found \"" + name + "\""));
  }

  String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its values along an axis. */
  float[] along(int length) {
    float[] values = new float[length];
    for (int n = 0; n < length; n++) {
      values[n] = this == NONE ? 1 : (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * n / length));
    }
    return values;
  }

  /**
   * How far a line lies from the larger of the two highest bins next to it, in bins towards the
   * other. Exact for a single complex exponential (T. Grandke, "Interpolation Algorithms for
   * Discrete Fourier Transforms of Weighted Signals", IEEE Trans. Instrum. Meas. 32, 1983).
   *
   * @param ratio magnitude of the lower bin over that of the higher, 0 to 1
   */
  double offset(double ratio) {
    double offset = this == HANN ? (2 * ratio - 1) / (ratio + 1) : ratio / (1 + ratio);
    return Math.max(-0.5, Math.min(0.5, offset));
  }
}
