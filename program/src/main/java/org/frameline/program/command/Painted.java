package org.frameline.program.command;

import org.frameline.protocol.Printable;

/**
 * A line that begins with something of ours, perhaps in colour, and goes on with what may be a
 * stranger's. Printed by {@code println}. Immutable.
 *
 * @param ours printed as it is
 * @param theirs made harmless
 */
public record Painted(String ours, String theirs) {
  @Override
  public String toString() {
    return ours + Printable.line(theirs);
  }
}
