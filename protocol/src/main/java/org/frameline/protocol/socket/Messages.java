package org.frameline.protocol.socket;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.zeromq.ZMQ;
import zmq.Msg;

/**
 * Sends and receives multipart messages without copying payloads. Without state; each call on the
 * thread that owns the socket.
 */
public final class Messages {
  /** A message with more parts is read to its end, but only these are kept. */
  static final int MOST_PARTS_KEPT = 8;

  private Messages() {}

  /**
   * Receives one whole message if there is one.
   *
   * @return its parts, or null when there is none now
   */
  public static List<byte[]> receive(ZMQ.Socket socket) {
    return receive(socket, MOST_PARTS_KEPT);
  }

  /** As {@link #receive}, keeping up to this many parts. */
  static List<byte[]> receive(ZMQ.Socket socket, int mostParts) {
    byte[] part = socket.recv(ZMQ.DONTWAIT);
    return part == null ? null : withRest(socket, part, mostParts);
  }

  private static List<byte[]> withRest(ZMQ.Socket socket, byte[] first, int mostParts) {
    List<byte[]> parts = new ArrayList<>(MessageCodec.PARTS);
    parts.add(first);
    while (socket.hasReceiveMore()) {
      byte[] next = socket.recv();
      if (parts.size() < mostParts) {
        parts.add(next);
      }
    }
    return parts;
  }

  /** As {@link #receive}, with the connection it came by; null when there is none now. */
  static Peer.Said receiveSaid(ZMQ.Socket socket) {
    Msg part = socket.recvMsg(ZMQ.DONTWAIT);
    return part == null
        ? null
        : new Peer.Said(withRest(socket, part.data(), MOST_PARTS_KEPT), Peer.of(part));
  }

  /** As {@link #receive}, with memory that is lent; null when there is none now. */
  static ReceivedMessage receiveLent(ZMQ.Socket socket) {
    Msg part = socket.recvMsg(ZMQ.DONTWAIT);
    if (part == null) {
      return null;
    }
    List<Msg> parts = new ArrayList<>(MessageCodec.PARTS);
    parts.add(part);
    while (socket.hasReceiveMore()) {
      Msg next = socket.recvMsg(0);
      if (parts.size() < MOST_PARTS_KEPT) {
        parts.add(next);
      }
    }
    return new ReceivedMessage(parts);
  }

  /** As {@link #receive}, but waits for a message as long as the socket's receive timeout. */
  public static List<byte[]> await(ZMQ.Socket socket) {
    byte[] first = socket.recv();
    return first == null ? null : withRest(socket, first, MOST_PARTS_KEPT);
  }

  /**
   * Sends a message, waiting at most the socket's send timeout. The payload is handed over, not
   * copied: nobody may write to it again.
   *
   * @return false when the queue stayed full; nothing of the message was sent then
   */
  public static boolean send(ZMQ.Socket socket, StreamMessage message) {
    return send(socket, message, new Msg(MessageCodec.payload(message).slice()));
  }

  /** As {@link #send(ZMQ.Socket, StreamMessage)}, with the payload's memory from this pool. */
  static boolean send(ZMQ.Socket socket, StreamMessage message, MessagePool pool) {
    return send(socket, message, pool.message(MessageCodec.payload(message)));
  }

  private static boolean send(ZMQ.Socket socket, StreamMessage message, Msg payload) {
    byte[] topic = message.topic().getBytes(StandardCharsets.UTF_8);
    if (!socket.send(topic, ZMQ.SNDMORE)) {
      return false;
    }
    socket.send(MessageCodec.header(message), ZMQ.SNDMORE);
    socket.sendMsg(payload, 0);
    return true;
  }

  /** Passes a message on as it came; as {@link #send}. */
  public static boolean forward(ZMQ.Socket socket, List<byte[]> parts) {
    int last = parts.size() - 1;
    for (int i = 0; i <= last; i++) {
      boolean sent = socket.send(parts.get(i), i < last ? ZMQ.SNDMORE : 0);
      if (i == 0 && !sent) {
        return false;
      }
    }
    return true;
  }
}
