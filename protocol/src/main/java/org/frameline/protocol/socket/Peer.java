package org.frameline.protocol.socket;

import java.util.List;
import zmq.Msg;

/**
 * One connection of a socket that only receives, as a thing that can be compared. It is another one
 * after each reconnect, and no peer can make itself look like another. Immutable.
 */
public final class Peer {
  /**
   * A message, and whence it came.
   *
   * @param parts its parts
   * @param from the connection
   */
  public record Said(List<byte[]> parts, Peer from) {}

  /** JeroMQ makes one of these for each connection, and hangs it on all that comes by it. */
  private final Object connection;

  private Peer(Object connection) {
    this.connection = connection;
  }

  static Peer of(Msg message) {
    return new Peer(message.getMetadata());
  }

  /** One that is no other, for who has no socket. */
  public static Peer unlike() {
    return new Peer(new Object());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Peer peer && peer.connection == connection;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(connection);
  }
}
