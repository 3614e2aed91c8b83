package org.frameline.publisher;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.socket.Messages;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;
import zmq.Msg;

/**
 * Answers on the publisher's control socket. Runs on a thread of its own, because the capturing
 * thread may wait inside a camera; owns the REP socket.
 */
final class ControlLoop implements Runnable {
  private static final Duration LINGER = Duration.ofMillis(300);
  private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);

  private final Sockets sockets;
  private final ZMQ.Socket reply;
  private final PublisherState state;
  private final StopSignal stop;
  private final BooleanSupplier finished;
  private boolean malformedLogged;

  /** Binds at once, so that an endpoint in use is known before any frame is taken. */
  ControlLoop(
      Sockets sockets,
      Endpoint endpoint,
      PublisherState state,
      StopSignal stop,
      BooleanSupplier finished) {
    this.sockets = sockets;
    this.reply = sockets.reply(endpoint, "--control-bind");
    this.state = state;
    this.stop = stop;
    this.finished = finished;
  }

  @Override
  public void run() {
    try (PollLoop loop = new PollLoop(sockets, finished)) {
      loop.onMessage(reply, this::answerOne);
      loop.run();
    } finally {
      sockets.close(reply, LINGER);
    }
  }

  private boolean answerOne() {
    List<byte[]> parts = Messages.receive(reply);
    if (parts == null) {
      return false;
    }
    try {
      ControlMessage request = ControlMessage.decode(parts.get(0));
      String name = request.text("request").orElse("");
      if (name.equals("snap") && state.latest() != null) {
        sendSnap(state.latest());
      } else {
        reply.send(answer(name, request).encode());
      }
    } catch (MalformedMessageException e) {
      if (!malformedLogged) {
        malformedLogged = true;
        LOG.warn("malformed request on the control socket: {}", e.getMessage());
      }
      reply.send(ControlMessage.error(e.getMessage()).encode());
    }
    return true;
  }

  private ControlMessage answer(String name, ControlMessage request) {
    return switch (name) {
      case "describe" -> new ControlMessage(state.description()).with("ok", true);
      case "status" -> status();
      case "ready" -> {
        String subscriber = request.text("subscriber").orElse("");
        yield status().with("ready", state.sayReady(subscriber));
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
    Set<String> ready = new TreeSet<>(state.ready());
    return ControlMessage.ok()
        .with("program", "publish")
        .with("stream", state.stream())
        .with("state", state.phase().name().toLowerCase(Locale.ROOT))
        .with("next_frame", state.published())
        .with("published", state.published())
        .with("subscribers", ready);
  }

  /** The answer, then the frame as it is on the wire: topic, header, payload. */
  private void sendSnap(StreamMessage.Frame frame) {
    reply.send(ControlMessage.ok().encode(), ZMQ.SNDMORE);
    reply.send(frame.topic().getBytes(StandardCharsets.UTF_8), ZMQ.SNDMORE);
    reply.send(MessageCodec.header(frame), ZMQ.SNDMORE);
    reply.sendMsg(new Msg(frame.payload().slice()), 0);
  }
}
