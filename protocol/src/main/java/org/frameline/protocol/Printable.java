package org.frameline.protocol;

/**
 * Text that may come from a peer, a file, a camera or a folder, made fit for a terminal and a log:
 * what could move the cursor, change colours, turn the direction of writing or begin a line of its
 * own becomes visible, written as in JSON and Java, for instance {@code \u001b}. So JSON stays the
 * same JSON. Without state.
 */
public final class Printable {
  /** No line is longer than this, in characters, and the three dots behind it. */
  public static final int LONGEST_LINE = 8_192;

  private static final String MORE = "...";

  private Printable() {}

  /** One line of at most {@link #LONGEST_LINE} characters. */
  public static String line(Object text) {
    return line(text, LONGEST_LINE);
  }

  /**
   * One line of at most {@code longest} characters, with three dots where something is left out.
   */
  public static String line(Object text, int longest) {
    String whole = String.valueOf(text);
    if (whole.length() <= longest && isPlain(whole)) {
      return whole;
    }
    StringBuilder line = new StringBuilder();
    int at = 0;
    while (at < whole.length() && line.length() <= longest) {
      int character = whole.codePointAt(at);
      append(line, character);
      at += Character.charCount(character);
    }
    if (line.length() <= longest && at == whole.length()) {
      return line.toString();
    }
    line.setLength(Math.min(line.length(), longest));
    boolean isHalf = longest > 0 && Character.isHighSurrogate(line.charAt(line.length() - 1));
    line.setLength(line.length() - (isHalf ? 1 : 0));
    return line.append(MORE).toString();
  }

  /** Text of several lines that are ours, such as JSON: it keeps its line breaks and tabs. */
  public static String lines(Object text) {
    String whole = String.valueOf(text);
    StringBuilder lines = new StringBuilder(whole.length());
    for (int at = 0; at < whole.length(); ) {
      int character = whole.codePointAt(at);
      boolean isBreak = character == '\n' || whole.startsWith("\r\n", at);
      if (isBreak || character == '\t') {
        lines.append((char) character);
      } else {
        append(lines, character);
      }
      at += Character.charCount(character);
    }
    return lines.toString();
  }

  /** Whether {@link #line} would leave it as it is, but for its length. */
  public static boolean isPlain(String text) {
    return text.codePoints().allMatch(Printable::isPlain);
  }

  /** Controls, marks that nobody sees, separators of lines, and halves of characters are not. */
  private static boolean isPlain(int character) {
    if (character >= ' ' && character < 0x7f) {
      return true;
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  private static void append(StringBuilder text, int character) {
    if (isPlain(character)) {
      text.appendCodePoint(character);
      return;
    }
    switch (character) {
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        for (char unit : Character.toChars(character)) {
          text.append(String.format("\\u%04x", (int) unit));
        }
      }
    }
  }
}
