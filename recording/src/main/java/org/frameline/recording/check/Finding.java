package org.frameline.recording.check;

/**
 * Something about a recording that is worth a line.
 *
 * @param kind how bad it is
 * @param entry the entry, empty for the file itself
 * @param frame number of the first frame it concerns, -1 for none
 * @param address where in the file, in bytes, -1 for nowhere
 * @param text the line, without these three
 */
public record Finding(Kind kind, String entry, long frame, long address, String text) {

  /** How bad a finding is. */
  public enum Kind {
    /** The file is not what it should be. */
    DAMAGE,
    /** The file says itself that frames are missing. */
    MISSING,
    /** Odd, but nothing is lost. */
    WARNING
  }

  static Finding damage(String entry, long frame, long address, String text) {
    return new Finding(Kind.DAMAGE, entry, frame, address, text);
  }
}
