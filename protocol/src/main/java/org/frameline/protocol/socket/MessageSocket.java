package org.frameline.protocol.socket;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.StreamMessage;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/**
 * A ZeroMQ socket as programs see it: it sends and receives whole messages. Made by {@link
 * Sockets}; belongs to the thread that asked for it.
 */
public sealed class MessageSocket permits RequestSocket {
  private final ZMQ.Socket socket;

  MessageSocket(ZMQ.Socket socket) {
    this.socket = socket;
  }

  /** What ZeroMQ calls it, for this package alone. */
  ZMQ.Socket socket() {
    return socket;
  }

  /** Where it is bound, with the port that the system chose for {@code *}. */
  public Endpoint boundTo() {
    return Endpoint.parse(socket.getLastEndpoint());
  }

  /** SUB: also receives what begins with this topic. */
  void subscribe(String topic) {
    socket.subscribe(topic.getBytes(StandardCharsets.UTF_8));
  }

  /** SUB: receives what begins with this topic no more, also what has arrived already. */
  void unsubscribe(String topic) {
    socket.unsubscribe(topic.getBytes(StandardCharsets.UTF_8));
  }

  /** How long sending waits for room in the queue; zero for not at all. */
  public void waitForRoom(Duration most) {
    socket.setSendTimeOut((int) most.toMillis());
  }

  /** XPUB: whether a message is dropped for those subscribers whose queue is full. */
  public void dropForFullQueues(boolean drop) {
    socket.setXpubNoDrop(!drop);
  }

  /** Whether a message can be received now. */
  boolean hasMessage() {
    return (socket.getEvents() & ZMQ.Poller.POLLIN) != 0;
  }

  /** Whether there is room for a message now. */
  public boolean hasRoom() {
    return (socket.getEvents() & ZMQ.Poller.POLLOUT) != 0;
  }

  /**
   * Receives one whole message if there is one.
   *
   * @return its parts, or null when there is none now
   */
  public List<byte[]> receive() {
    return Messages.receive(socket);
  }

  /** PULL: as {@link #receive()}, with the connection it came by. */
  public Peer.Said receiveSaid() {
    return Messages.receiveSaid(socket);
  }

  /** As {@link #receive()}, with memory that is lent until the message is closed. */
  ReceivedMessage receiveLent() {
    return Messages.receiveLent(socket);
  }

  /** As {@link #receive()}, keeping up to this many parts. */
  List<byte[]> receive(int mostParts) {
    return Messages.receive(socket, mostParts);
  }

  /** As {@link #receive()}, but waits for a message this long. */
  public List<byte[]> receive(Duration within) {
    socket.setReceiveTimeOut((int) within.toMillis());
    return Messages.await(socket);
  }

  /**
   * Sends a message, waiting for room as long as {@link #waitForRoom} says. The payload is handed
   * over, not copied: nobody may write to it again.
   *
   * @return false when the queue stayed full; nothing of the message was sent then
   */
  public boolean send(StreamMessage message) {
    return Messages.send(socket, message);
  }

  /**
   * As {@link #send(StreamMessage)}.
   *
   * @param pool where the payload's memory is from, and goes back to when it was sent; what is lost
   *     with a connection does not. When this returns false it is still the caller's.
   */
  public boolean send(StreamMessage message, MessagePool pool) {
    return Messages.send(socket, message, pool);
  }

  /** Passes a message on as it came; as {@link #send(StreamMessage)}. */
  public boolean forward(List<byte[]> parts) {
    return Messages.forward(socket, parts);
  }

  /** Sends without waiting; false when there is no room. */
  public boolean offer(ControlMessage message) {
    return socket.send(message.encode(), ZMQ.DONTWAIT);
  }

  /** ROUTER: as {@link #send} to this peer; false also when it is gone. */
  public boolean sendTo(byte[] peer, StreamMessage message) {
    return address(peer) && send(message);
  }

  /** ROUTER: as {@link #forward} to this peer; false also when it is gone. */
  public boolean forwardTo(byte[] peer, List<byte[]> parts) {
    return address(peer) && forward(parts);
  }

  /** ROUTER: as {@link #offer} to this peer; false also when it is gone. */
  public boolean offerTo(byte[] peer, ControlMessage message) {
    return address(peer) && offer(message);
  }

  /** Begins a message to a peer. */
  private boolean address(byte[] peer) {
    try {
      return socket.send(peer, ZMQ.SNDMORE);
    } catch (ZMQException e) {
      if (e.getErrorCode() == ZError.EHOSTUNREACH) {
        return false;
      }
      throw e;
    }
  }
}
