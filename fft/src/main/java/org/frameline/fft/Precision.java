package org.frameline.fft;

/** Width of the floating-point numbers a spectrum is computed and written in. */
public enum Precision {
  FLOAT32("float32"),
  FLOAT64("float64");

  private final String optionName;

  Precision(String optionName) {
    this.optionName = optionName;
  }

  /** Name on the command line. */
  public String optionName() {
    return optionName;
  }

  /**
   * Finds a precision by its name on the command line.
   *
   * @throws IllegalArgumentException naming the precisions there are
   */
  public static Precision ofOptionName(String name) {
    for (Precision precision : values()) {
      if (precision.optionName.equals(name)) {
        return precision;
      }
    }
    throw new IllegalArgumentException("expected one of float32, float64, found \"" + name + "\"");
  }

  @Override
  public String toString() {
    return optionName;
  }
}
