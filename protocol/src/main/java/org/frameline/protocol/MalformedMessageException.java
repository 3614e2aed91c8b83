package org.frameline.protocol;

/** A message that breaks the wire format; says where, what was expected and what was found. */
public final class MalformedMessageException extends Exception {
  private static final int LONGEST_EXCERPT = 80;

  private final String where;

  public MalformedMessageException(String where, String expected, Object found) {
    super(where + ": expected " + expected + ", found " + Printable.line(found, LONGEST_EXCERPT));
    this.where = where;
  }

  /** The part or header key that is wrong, for instance {@code header.shape}. */
  public String where() {
    return where;
  }
}
