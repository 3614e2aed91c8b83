package org.frameline.fft;

/** What is written for each coefficient X of the half spectrum. */
public enum SpectrumOutput {
  /** X itself, real part first. */
  COMPLEX("complex"),
  /** {@code |X|^2}, a real number. */
  POWER("power"),
  /** {@code log1p(|X|)}, natural logarithm, a real number. */
  LOG_MAGNITUDE("log-magnitude");

  private final String optionName;

  SpectrumOutput(String optionName) {
    this.optionName = optionName;
  }

  /** Name on the command line. */
  public String optionName() {
    return optionName;
  }

  /**
   * Finds an output by its name on the command line.
   *
   * @throws IllegalArgumentException naming the outputs there are
   */
  public static SpectrumOutput ofOptionName(String name) {
    for (SpectrumOutput output : values()) {
      if (output.optionName.equals(name)) {
        return output;
      }
    }
    throw new IllegalArgumentException(
        "expected one of complex, power, log-magnitude, found \"" + name + "\"");
  }

  @Override
  public String toString() {
    return optionName;
  }
}
