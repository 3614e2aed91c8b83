package org.frameline.publisher;

import java.util.List;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.Token;
import org.frameline.protocol.socket.ControlServer;
import org.frameline.protocol.socket.EndpointException;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on the history socket: frames that a subscriber missed, and how far subscribers are that
 * must not miss any. Belongs to the answering thread.
 */
final class HistoryServer implements AutoCloseable {
  /** Frames in one answer at most. */
  static final int MOST_FRAMES = 8;

  private static final Logger LOG = LoggerFactory.getLogger(HistoryServer.class);

  private final ControlServer server;
  private final PublisherState state;

  /** Binds at once. */
  HistoryServer(Sockets sockets, Addresses addresses, PublisherState state) {
    this.state = state;
    server =
        addresses.history() == null
            ? bindUsual(sockets, addresses.usualHistory())
            : bind(sockets, addresses.history());
    state.serveHistoryAt(addresses.announced(server.boundTo()));
  }

  private ControlServer bindUsual(Sockets sockets, Endpoint usual) {
    try {
      return bind(sockets, usual);
    } catch (EndpointException e) {
      ControlServer anywhere = bind(sockets, new Endpoint(usual.host(), "*"));
      LOG.info("{} is taken, the history is on {}", usual, anywhere.boundTo());
      return anywhere;
    }
  }

  private ControlServer bind(Sockets sockets, Endpoint endpoint) {
    return ControlServer.ofFrames(sockets, endpoint, "--history-bind", this::take);
  }

  /** Questions that nobody could answer. */
  long refused() {
    return server.refused();
  }

  void serveOn(PollLoop loop) {
    server.serveOn(loop);
  }

  private void take(ControlMessage question, ControlServer.Reply reply)
      throws MalformedMessageException {
    String name = question.text("request").orElse("");
    if (!name.equals("frames") && !name.equals("taken")) {
      server.refused("request", "request: expected frames or taken, found another");
      reply.send(ControlMessage.error("request: expected frames or taken, found \"" + name + "\""));
      return;
    }
    String stream = question.text("stream").orElse("");
    History history = state.history();
    if (!stream.equals(state.stream())) {
      reply.send(
          ControlMessage.error("stream: expected " + state.stream() + ", found \"" + stream + "\"")
              .with("stream", state.stream())
              .with("first", history.oldest()));
      return;
    }
    long taken = question.count("taken", 0);
    state
        .subscribers()
        .taken(
            question.text("subscriber").orElse(""),
            Token.in(question),
            Math.min(taken, history.next()));
    if (name.equals("taken")) {
      reply.send(answer(history));
    } else {
      sendFrames(question, reply, history);
    }
  }

  private void sendFrames(ControlMessage question, ControlServer.Reply reply, History history)
      throws MalformedMessageException {
    long first = question.count("first", 0);
    long count = Math.min(MOST_FRAMES, question.count("count", MOST_FRAMES));
    state.historyAsked();
    List<StreamMessage.Frame> frames = history.frames(first, count);
    long from =
        frames.isEmpty() ? Math.max(first, history.oldest()) : frames.get(0).header().frame();
    reply.send(answer(history).with("first", from).with("count", frames.size()), frames);
  }

  private ControlMessage answer(History history) {
    return ControlMessage.ok()
        .with("stream", state.stream())
        .with("oldest_frame", history.oldest())
        .with("next_frame", history.next())
        .with("capacity", history.capacity());
  }

  @Override
  public void close() {
    server.close();
  }
}
