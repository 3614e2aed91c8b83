package org.frameline.transfer;

/** Texts of strangers for a terminal or a log. Without state. */
final class Printable {
  private static final int LONGEST = 300;

  private Printable() {}

  /** The text on one line, without what would steer a terminal, and not too long. */
  static String of(String text) {
    StringBuilder harmless = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(point -> harmless.appendCodePoint(isPrintable(point) ? point : '?'));
    return text.codePointCount(0, text.length()) > LONGEST ? harmless + "..." : harmless.toString();
  }

  static boolean isPrintable(String text) {
    return text.codePoints().allMatch(Printable::isPrintable);
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
