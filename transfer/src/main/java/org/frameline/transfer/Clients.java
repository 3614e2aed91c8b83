package org.frameline.transfer;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Who is served now: so many connections at a time, because answers wait in memory for each. A
 * place is free again when its connection has ended. Not thread-safe.
 */
final class Clients {
  /** Most that are served at a time. */
  static final int MOST = 32;

  private final Set<ByteBuffer> served = new HashSet<>();

  /** Takes a place, unless there is none; false when it has to be asked again later. */
  boolean admit(ByteBuffer peer) {
    return served.contains(peer) || (served.size() < MOST && served.add(peer));
  }

  void gone(ByteBuffer peer) {
    served.remove(peer);
  }

  /** How many are served now. */
  int count() {
    return served.size();
  }
}
