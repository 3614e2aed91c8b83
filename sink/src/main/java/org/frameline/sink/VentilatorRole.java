package org.frameline.sink;

import java.nio.ByteBuffer;
import org.frameline.protocol.Token;

/**
 * Which of those who ask the sink is its ventilator: whoever showed a {@link Token} first, until
 * its connection has ended and another one comes. Without any token all who ask are taken for it.
 * Pure logic; not thread-safe.
 */
final class VentilatorRole {
  private String token = Token.NONE;
  private ByteBuffer peer;
  private boolean isThere;

  /**
   * Whether somebody may speak as the ventilator.
   *
   * @param shown the token it shows, {@link Token#NONE} for none
   * @param from the connection it speaks by
   * @param begins whether its question is one with which a ventilator may begin
   */
  boolean admits(String shown, ByteBuffer from, boolean begins) {
    if (peer == null || !shown.equals(token)) {
      boolean isFree = peer == null || token.isEmpty() || !isThere;
      if (!begins || !isFree) {
        return false;
      }
      token = shown;
    }
    peer = from;
    isThere = true;
    return true;
  }

  /** A connection has ended. */
  void gone(ByteBuffer address) {
    isThere &= !address.equals(peer);
  }
}
