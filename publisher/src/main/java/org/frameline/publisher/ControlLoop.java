package org.frameline.publisher;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.socket.ControlServer;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;

/**
 * Answers on the publisher's control and history sockets. Runs on a thread of its own, because the
 * capturing thread may wait inside a camera; owns both sockets.
 */
final class ControlLoop implements Runnable {
  private final Sockets sockets;
  private final ControlServer server;
  private final HistoryServer history;
  private final PublisherState state;
  private final StopSignal stop;
  private final BooleanSupplier finished;

  /** Binds at once, so that an endpoint in use is known before any frame is taken. */
  ControlLoop(
      Sockets sockets,
      Endpoint endpoint,
      Endpoint historyEndpoint,
      PublisherState state,
      StopSignal stop,
      BooleanSupplier finished) {
    this.sockets = sockets;
    this.server = new ControlServer(sockets, endpoint, "--control-bind", this::take);
    this.history = new HistoryServer(sockets, historyEndpoint, state);
    this.state = state;
    this.stop = stop;
    this.finished = finished;
  }

  @Override
  public void run() {
    try (PollLoop loop = new PollLoop(sockets, finished)) {
      server.serveOn(loop);
      history.serveOn(loop);
      loop.run();
    } finally {
      server.close();
      history.close();
    }
  }

  private void take(ControlMessage request, ControlServer.Reply reply) {
    String name = request.text("request").orElse("");
    StreamMessage.Frame latest = state.latest();
    if (name.equals("snap") && latest != null) {
      reply.send(ControlMessage.ok(), List.of(latest));
    } else {
      reply.send(answer(name, request));
    }
  }

  private ControlMessage answer(String name, ControlMessage request) {
    return switch (name) {
      case "describe" -> new ControlMessage(state.description()).with("ok", true);
      case "status" -> status();
      case "ready" -> {
        String subscriber = request.text("subscriber").orElse("");
        // Before the status, which tells the next frame: that one will surely arrive.
        boolean ready = state.sayReady(subscriber, request.isTrue("keep"));
        yield status().with("ready", ready);
      }
      case "snap" -> ControlMessage.error("there is no frame yet");
      case "start" -> {
        state.askToStart();
        yield status();
      }
      case "stop" -> {
        stop.stop();
        yield status();
      }
      default ->
          ControlMessage.error(
              "request: expected describe, status, ready, snap, start or stop, found \""
                  + name
                  + "\"");
    };
  }

  private ControlMessage status() {
    Set<String> ready = state.ready();
    return ControlMessage.ok()
        .with("program", "publish")
        .with("stream", state.stream())
        .with("state", state.phase().name().toLowerCase(Locale.ROOT))
        .with("next_frame", state.published())
        .with("published", state.published())
        .with("reconnects", state.outage().count())
        .with("outage_ms", state.outage().totalMs())
        .with("oldest_frame", state.history().oldest())
        .with("history", state.historyAt().toString())
        .with("subscribers", ready);
  }
}
