package org.frameline.recorder;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.frameline.program.Report;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.socket.Messages;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/** The recorder's control socket, on the recorder's loop. Not thread-safe. */
final class RecorderControl implements AutoCloseable {
  private static final Duration LINGER = Duration.ofMillis(300);
  private static final Logger LOG = LoggerFactory.getLogger(RecorderControl.class);

  private final Sockets sockets;
  private final ZMQ.Socket socket;
  private final Supplier<Report> report;
  private final StopSignal stop;
  private boolean faultLogged;

  RecorderControl(
      Sockets sockets, PollLoop loop, Endpoint endpoint, Supplier<Report> report, StopSignal stop) {
    this.sockets = sockets;
    this.report = report;
    this.stop = stop;
    socket = sockets.reply(endpoint, "--control-bind");
    loop.onMessage(socket, this::answerOne);
  }

  private boolean answerOne() {
    List<byte[]> parts = Messages.receive(socket);
    if (parts == null) {
      return false;
    }
    try {
      ControlMessage request = ControlMessage.decode(parts.get(0));
      socket.send(answer(request.text("request").orElse("")).encode());
    } catch (MalformedMessageException e) {
      if (!faultLogged) {
        faultLogged = true;
        LOG.warn("malformed request on the control socket: {}", e.getMessage());
      }
      socket.send(ControlMessage.error(e.getMessage()).encode());
    }
    return true;
  }

  private ControlMessage answer(String name) {
    return switch (name) {
      case "status" -> status();
      case "stop" -> {
        stop.stop();
        yield status();
      }
      default -> ControlMessage.error("request: expected status or stop, found \"" + name + "\"");
    };
  }

  private ControlMessage status() {
    Map<String, Object> fields = new LinkedHashMap<>(report.get().fields());
    fields.remove("timeline");
    fields.put("program", "record");
    fields.put("ok", true);
    return new ControlMessage(fields);
  }

  @Override
  public void close() {
    sockets.close(socket, LINGER);
  }
}
