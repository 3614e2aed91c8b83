package org.frameline.protocol;

/** A message that breaks the wire format; says where, what was expected and what was found. */
public final class MalformedMessageException extends Exception {
  private static final int LONGEST_EXCERPT = 80;

  private final String where;

  public MalformedMessageException(String where, String expected, Object found) {
    super(where + ": expected " + expected + ", found " + excerpt(found));
    this.where = where;
  }

  /** The part or header key that is wrong, for instance {@code header.shape}. */
  public String where() {
    return where;
  }

  private static String excerpt(Object found) {
    String text = String.valueOf(found).replaceAll("\\p{Cntrl}", "?");
    return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "...";
  }
}
