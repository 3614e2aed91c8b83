package org.frameline.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.socket.ControlServer;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control socket that every program has: answers {@code status} and {@code stop}, and what else
 * a program adds; a file in the {@link RuntimeDirectory} says where, as long as it is open. Not
 * thread-safe: belongs to the thread that serves it.
 */
public final class ProcessControl implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessControl.class);

  private final String program;
  private final ControlServer server;
  private final Supplier<Map<String, Object>> status;
  private final Map<String, ControlServer.Handler> requests = new LinkedHashMap<>();
  private Path file;

  /**
   * Binds at once, so that an endpoint in use is known before anything else happens.
   *
   * @param option the option that chose the endpoint
   * @param program the command
   * @param status how the process stands, asked anew for each answer
   */
  public ProcessControl(
      Sockets sockets,
      Endpoint endpoint,
      String option,
      String program,
      Supplier<Map<String, Object>> status,
      StopSignal stop) {
    this.program = program;
    this.status = status;
    server = new ControlServer(sockets, endpoint, option, this::take);
    on("status", (request, reply) -> reply.send(status()));
    on(
        "stop",
        (request, reply) -> {
          stop.stop();
          reply.send(status());
        });
  }

  /** Answers a further request, or one of the two in another way. */
  public ProcessControl on(String request, ControlServer.Handler handler) {
    requests.put(request, handler);
    return this;
  }

  /** Tells which connections have ended, by {@link ControlServer.Reply#peer()}. */
  public ProcessControl onGone(Consumer<ByteBuffer> listener) {
    server.onGone(listener);
    return this;
  }

  /** Answers on this loop from now on, and says so in the user's runtime directory. */
  public void serveOn(PollLoop loop, String about) {
    server.serveOn(loop);
    announce(RuntimeDirectory.ofUser(), about);
  }

  private void announce(RuntimeDirectory directory, String about) {
    ProcessHandle self = ProcessHandle.current();
    Instant started = self.info().startInstant().orElseGet(Instant::now);
    try {
      file =
          directory.add(
              new RunningProcess(
                  program,
                  self.pid(),
                  started.truncatedTo(ChronoUnit.SECONDS).toString(),
                  ProcessStart.of(self.pid()).orElse(""),
                  endpoint(),
                  about));
    } catch (IOException e) {
      LOG.warn("'frameline status --all' will not find this process: {}", e.getMessage());
    }
  }

  /** Answers what has been asked meanwhile, for a loop that waits elsewhere. */
  public void answerWaiting() {
    server.takeWaiting();
  }

  private void take(ControlMessage request, ControlServer.Reply reply)
      throws MalformedMessageException {
    String name = request.text("request").orElse("");
    ControlServer.Handler handler = requests.get(name);
    if (handler == null) {
      server.refused("request", "request: expected " + names() + ", found another");
      reply.send(ControlMessage.error("request: expected " + names() + ", found " + quoted(name)));
    } else {
      handler.take(request, reply);
    }
  }

  /** Not all of a long one, so that an answer is no longer than its question. */
  private static String quoted(String name) {
    int longest = 80;
    return "\"" + (name.length() <= longest ? name : name.substring(0, longest) + "...") + "\"";
  }

  private String names() {
    List<String> all = List.copyOf(requests.keySet());
    return String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.get(all.size() - 1);
  }

  /** The answer to {@code status}. */
  public ControlMessage status() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ok", true);
    fields.put("program", program);
    fields.put("pid", ProcessHandle.current().pid());
    fields.putAll(status.get());
    fields.put("refused_requests", refused());
    return fitting(fields);
  }

  /** Leaves out the longest fields of an answer that the other side would refuse for its size. */
  static ControlMessage fitting(Map<String, Object> fields) {
    ControlMessage message = new ControlMessage(fields);
    while (message.encode().length > ControlMessage.MAX_BYTES) {
      String longest =
          fields.keySet().stream()
              .max(Comparator.comparing(key -> String.valueOf(fields.get(key)).length()))
              .orElseThrow();
      fields.put(longest, "left out, too long");
      message = new ControlMessage(fields);
    }
    return message;
  }

  /** Requests that nobody could answer. */
  public long refused() {
    return server.refused();
  }

  /** Where it answers, for who is on this machine. */
  public Endpoint endpoint() {
    return server.reachable();
  }

  @Override
  public void close() {
    if (file != null) {
      RuntimeDirectory.remove(file);
    }
    server.close();
  }
}
