package org.frameline.protocol.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import zmq.Msg;
import zmq.PooledMsg;

/**
 * A message of a data socket as it came, with its payload where the connection has put it. Belongs
 * to the thread of its socket, and is lent: nobody may use its payload after {@link #close}, which
 * gives the memory back to the socket's pool. Without that it is collected.
 */
final class ReceivedMessage implements AutoCloseable {
  private final List<Msg> parts;

  /** One of these parts, of which more may have come than are kept. */
  ReceivedMessage(List<Msg> parts) {
    this.parts = parts;
  }

  /**
   * Reads it; the payload of the result is the memory that is lent.
   *
   * @throws MalformedMessageException when anything is not as docs/wire-format.md says
   */
  StreamMessage decode() throws MalformedMessageException {
    MessageCodec.requireParts(parts.size());
    ByteBuffer payload = parts.get(2).buf().order(ByteOrder.LITTLE_ENDIAN);
    return MessageCodec.decode(parts.get(0).data(), parts.get(1).data(), payload);
  }

  /** Copies of the parts, which stay. */
  List<byte[]> copies() {
    List<byte[]> copies = new ArrayList<>(parts.size());
    for (Msg part : parts) {
      byte[] copy = new byte[part.size()];
      part.getBytes(0, copy, 0, copy.length);
      copies.add(copy);
    }
    return copies;
  }

  @Override
  public void close() {
    parts.forEach(PooledMsg::letGo);
  }
}
