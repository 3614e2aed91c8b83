package org.frameline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.Printable;
import org.frameline.protocol.socket.ControlServer;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.frameline.testing.FreePorts;
import org.frameline.testing.NoThreadLeft;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Text of a stranger, in files and from peers: it is shown, and does nothing to the terminal. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class ForeignTextTest {
  /** Clears the screen, forges a line of the log, and turns the direction of writing. */
  private static final String HOSTILE = "cam\u001b[2J\r\n12:00:00.000 ERROR lost\u202e\u0085\u009b";

  private static final String SHOWN =
      "cam\\u001b[2J\\r\\n12:00:00.000 ERROR lost\\u202e\\u0085\\u009b";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;

  private static void requirePlain(Shell.Ending ending) {
    assertThat(Stream.concat(ending.out().stream(), ending.err().stream()))
        .allMatch(Printable::isPlain)
        .noneMatch(line -> line.startsWith("12:00:00.000"));
  }

  @Test
  void ofAFile() throws Exception {
    Path file =
        Recordings.of(ElementType.UINT8, List.of(4, 6))
            .ofSource(HOSTILE)
            .withStream(Map.of("recorded_stream", HOSTILE))
            .write(folder.resolve("a\u001b[1m\nb.h5"), 0, 1);
    Shell.Ending info = Shell.run("info", file.toString());
    requirePlain(info);
    assertThat(info.out()).anyMatch(line -> line.endsWith(SHOWN));
    Shell.Ending json = Shell.run("info", "--json", file.toString());
    requirePlain(json);
    JsonNode entry = MAPPER.readTree(String.join("\n", json.out())).at("/files/0/entries/0/camera");
    assertThat(entry.textValue()).isEqualTo(HOSTILE);
    for (String command :
        List.of("info %s %s", "verify %s", "plot %s --out OUT", "info %s --dataset /\u001b")) {
      String[] words =
          Stream.of(command.split(" "))
              .map(word -> word.replace("%s", file.toString()))
              .map(word -> word.replace("OUT", folder.resolve("o\u001b.html").toString()))
              .toArray(String[]::new);
      Shell.Ending ending = Shell.run(words);
      requirePlain(ending);
      assertThat(ending.out().size() + ending.err().size()).isPositive();
    }
  }

  @Test
  void ofAPeer() throws Exception {
    String control = FreePorts.endpoint();
    CompletableFuture<Void> done = new CompletableFuture<>();
    try (Peer peer = new Peer(control)) {
      Thread thread = new Thread(peer, "peer");
      thread.start();
      Shell.Ending status = Shell.run("status", "--control", control);
      requirePlain(status);
      assertThat(status.out()).contains("stream: " + SHOWN, SHOWN + ": 1");
      Shell.Ending json = Shell.run("status", "--json", "--control", control);
      requirePlain(json);
      assertThat(MAPPER.readTree(String.join("\n", json.out())).get("stream").textValue())
          .isEqualTo(HOSTILE);
      Shell.Ending snap =
          Shell.run("snap", "--control", control, "--out", folder.resolve("a.png").toString());
      requirePlain(snap);
      assertThat(snap.err()).singleElement().asString().contains(" says: cam\\u001b[2J; 12:00:00");
      Shell.run("stop", "--control", control);
      thread.join(20_000);
      done.complete(null);
    }
  }

  /** Answers as no program of ours does. */
  private static final class Peer implements Runnable, AutoCloseable {
    private final String control;
    private volatile boolean stopped;

    Peer(String control) {
      this.control = control;
    }

    @Override
    public void run() {
      try (Sockets sockets = new Sockets();
          PollLoop loop = new PollLoop(sockets, () -> stopped)) {
        try (ControlServer server =
            new ControlServer(sockets, Endpoint.parse(control), "--control-bind", this::take)) {
          server.serveOn(loop);
          loop.run();
        }
      }
    }

    private void take(ControlMessage request, ControlServer.Reply reply) {
      switch (request.text("request").orElse("")) {
        case "snap" -> reply.send(ControlMessage.error(HOSTILE));
        case "stop" -> {
          reply.send(ControlMessage.ok());
          stopped = true;
        }
        default -> reply.send(ControlMessage.ok().with("stream", HOSTILE).with(HOSTILE, 1));
      }
    }

    @Override
    public void close() {
      stopped = true;
    }
  }
}
