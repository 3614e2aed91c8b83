package org.frameline.analysis.export;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which values become black and white. Immutable.
 *
 * @param kind whether they are the whole range of the type, looked for in the images, or given
 * @param black the value that becomes black
 * @param white the value that becomes white
 */
record Levels(Kind kind, double black, double white) {
  /** Where the two values come from. */
  enum Kind {
    /** Whole numbers: the range of the type. Other numbers have none, and it is looked for. */
    FULL,
    AUTO,
    GIVEN
  }

  static final Levels FULL = new Levels(Kind.FULL, 0, 0);
  static final Levels AUTO = new Levels(Kind.AUTO, 0, 0);

  private static final String NUMBER = "([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)";
  private static final Pattern GIVEN = Pattern.compile(NUMBER + "," + NUMBER);

  /**
   * Reads {@code full}, {@code auto} or {@code MIN,MAX}.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  static Levels parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "full" -> FULL;
      case "auto" -> AUTO;
      default -> numbers(text);
    };
  }

  private static Levels numbers(String text) {
    Matcher matcher = GIVEN.matcher(text);
    if (matcher.matches()) {
      try {
        return given(Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)));
      } catch (NumberFormatException e) {
        // The message below says it.
      }
    }
    throw new IllegalArgumentException(
        "--range: expected full, auto or MIN,MAX with MIN below MAX, found \"" + text + "\"");
  }

  static Levels given(double black, double white) {
    if (!(black < white) || Double.isInfinite(white - black)) {
      throw new IllegalArgumentException(
          "--range: expected MIN,MAX with MIN below MAX, found \"" + black + "," + white + "\"");
    }
    return new Levels(Kind.GIVEN, black, white);
  }

  /** A value as a sample from 0 to {@code most}; what is no number is black. */
  int sample(double value, int most) {
    double fraction = (value - black) / (white - black);
    return Double.isNaN(fraction) ? 0 : (int) Math.round(Math.min(1, Math.max(0, fraction)) * most);
  }
}
