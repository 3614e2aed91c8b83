package org.frameline.publisher;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.frameline.program.ProcessControl;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.Token;
import org.frameline.protocol.socket.ControlServer;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;

/**
 * Answers on the publisher's control and history sockets. Runs on a thread of its own, because the
 * capturing thread may wait inside a camera; owns both sockets.
 */
final class ControlLoop implements Runnable {
  private final Sockets sockets;
  private final PublisherConfig config;
  private final ProcessControl control;
  private final HistoryServer history;
  private final PublisherState state;
  private final BooleanSupplier finished;

  /** Binds at once, so that an endpoint in use is known before any frame is taken. */
  ControlLoop(
      Sockets sockets,
      PublisherConfig config,
      PublisherState state,
      StopSignal stop,
      BooleanSupplier finished) {
    this.sockets = sockets;
    this.config = config;
    this.state = state;
    this.finished = finished;
    control =
        new ProcessControl(
                sockets,
                config.addresses().control(),
                "--control-bind",
                "publish",
                this::status,
                stop)
            .on("describe", this::describe)
            .on("ready", this::ready)
            .on("leave", this::leave)
            .on("snap", this::snap)
            .on("start", this::start);
    history = new HistoryServer(sockets, config.addresses(), state);
  }

  /** Where others ask. */
  Endpoint boundTo() {
    return control.endpoint();
  }

  @Override
  public void run() {
    try (PollLoop loop = new PollLoop(sockets, finished)) {
      control.serveOn(loop, config.topic());
      history.serveOn(loop);
      loop.run();
    } finally {
      control.close();
      history.close();
    }
  }

  private void describe(ControlMessage request, ControlServer.Reply reply) {
    reply.send(new ControlMessage(state.description()).with("ok", true));
  }

  private void ready(ControlMessage request, ControlServer.Reply reply)
      throws MalformedMessageException {
    // Before the status, which tells the next frame: that one will surely arrive.
    boolean ready =
        state
            .subscribers()
            .sayReady(
                request.text("subscriber").orElse(""),
                Token.in(request),
                request.isTrue("keep") ? Optional.of(state.published()) : Optional.empty(),
                config.lossless() && request.isTrue("stays"));
    reply.send(control.status().with("ready", ready));
  }

  private void leave(ControlMessage request, ControlServer.Reply reply)
      throws MalformedMessageException {
    state.subscribers().leave(request.text("subscriber").orElse(""), Token.in(request));
    reply.send(ControlMessage.ok());
  }

  private void snap(ControlMessage request, ControlServer.Reply reply) {
    StreamMessage.Frame latest = state.history().latest();
    if (latest == null) {
      reply.send(ControlMessage.error("there is no frame yet"));
    } else {
      reply.send(ControlMessage.ok(), List.of(latest));
    }
  }

  private void start(ControlMessage request, ControlServer.Reply reply) {
    state.askToStart();
    reply.send(control.status());
  }

  private Map<String, Object> status() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("stream", state.stream());
    fields.put("topic", config.topic());
    fields.put("state", state.phase().name().toLowerCase(Locale.ROOT));
    fields.put("next_frame", state.published());
    fields.put("published", state.published());
    fields.put("reconnects", state.outages().count());
    fields.put("outage_ms", state.outages().totalMs());
    fields.put("oldest_frame", state.history().oldest());
    fields.put("history", state.historyAt().toString());
    fields.put("ring", state.history().file().toString());
    fields.put("refused_history_requests", history.refused());
    fields.put("full_queues", state.fullQueues());
    fields.put("malformed", state.malformedMessages());
    fields.put(
        "subscribers",
        state.subscribers().ready().stream().limit(PublisherState.MOST_TOLD).toList());
    fields.put("streams", List.of(state.counts().toReport()));
    return fields;
  }
}
