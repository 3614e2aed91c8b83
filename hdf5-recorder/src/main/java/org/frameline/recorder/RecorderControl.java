package org.frameline.recorder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.frameline.program.Report;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.socket.ControlServer;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;

/** Answers on the recorder's control socket, on the recorder's loop. Not thread-safe. */
final class RecorderControl implements AutoCloseable {
  private final ControlServer server;
  private final Supplier<Report> report;
  private final StopSignal stop;

  RecorderControl(
      Sockets sockets, PollLoop loop, Endpoint endpoint, Supplier<Report> report, StopSignal stop) {
    this.report = report;
    this.stop = stop;
    server =
        new ControlServer(
            sockets,
            endpoint,
            "--control-bind",
            (request, reply) -> reply.send(answer(request.text("request").orElse(""))));
    server.serveOn(loop);
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
    server.close();
  }
}
