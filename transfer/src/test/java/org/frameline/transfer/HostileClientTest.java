package org.frameline.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who asks for what is none of his business. */
class HostileClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final Sockets sockets = new Sockets();
  private final StopSignal end = new StopSignal();
  private Thread server;
  private Endpoint endpoint;

  @BeforeEach
  void serve() throws Exception {
    Path served = Files.createDirectory(folder.resolve("served"));
    Files.writeString(folder.resolve("secret"), "secret");
    Files.writeString(served.resolve("file"), "content");
    CompletableFuture<Endpoint> bound = new CompletableFuture<>();
    server =
        new Thread(
            () -> {
              Endpoint any = Endpoint.parse("tcp://127.0.0.1:*");
              try (ServeLoop loop =
                  new ServeLoop(new ServeConfig(served, any, any), sockets, end)) {
                bound.complete(loop.boundTo());
                loop.run();
              }
            });
    server.start();
    endpoint = bound.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @AfterEach
  void endServing() throws Exception {
    end.stop();
    server.join();
    sockets.close();
  }

  private ControlMessage ask(MessageSocket socket, ControlMessage question) throws Exception {
    assertThat(socket.offer(question)).isTrue();
    List<byte[]> answer = socket.receive(PATIENCE);
    assertThat(answer).as("%s is answered", question).isNotNull();
    return ControlMessage.decode(answer.get(0));
  }

  private static ControlMessage read(String name, String version) {
    return ControlMessage.request("read").with("name", name).with("version", version);
  }

  @Test
  void manyThatDoNotGoKeepOthersWaitingAndNoLonger() throws Exception {
    ControlMessage question = ControlMessage.request("look").with("name", "file").with("id", 5);
    try (Sockets own = new Sockets()) {
      List<MessageSocket> crowd = new ArrayList<>();
      for (int i = 0; i < Clients.MOST; i++) {
        crowd.add(own.request(endpoint));
        assertThat(ask(crowd.get(i), question).isOk()).isTrue();
      }
      MessageSocket late = own.request(endpoint);
      assertThat(ask(late, question).fields())
          .containsEntry("reason", "busy")
          .containsEntry("id", 5);
      own.close(crowd.get(3), Duration.ZERO);
      Awaitility.await().atMost(PATIENCE).until(() -> ask(late, question).isOk());
      own.close(late, Duration.ZERO);
      crowd.remove(3);
      crowd.forEach(socket -> own.close(socket, Duration.ZERO));
    }
  }

  @Test
  void getsOneLineAndNothingElse() throws Exception {
    try (Sockets own = new Sockets()) {
      MessageSocket socket = own.request(endpoint);
      String version =
          ask(socket, ControlMessage.request("look").with("name", "file"))
              .text("version")
              .orElseThrow();
      List<ControlMessage> questions =
          List.of(
              ControlMessage.request("delete"),
              ControlMessage.request("look"),
              ControlMessage.request("look").with("name", "../secret"),
              ControlMessage.request("look").with("name", folder.resolve("secret").toString()),
              ControlMessage.request("look").with("name", "x\u0000"),
              ControlMessage.request("look").with("name", "x".repeat(60_000)),
              ControlMessage.request("look").with("name", "x").with("id", -1),
              read("file", version).with("length", 0),
              read("file", version).with("length", 8),
              read("file", version).with("length", 1L << 40),
              read("file", version).with("length", -1),
              read("file", version).with("length", 1).with("offset", (1L << 53) - 1),
              read("file", version).with("length", 1).with("offset", "1"),
              read("file", "another").with("length", 1),
              read("../secret", version).with("length", 1),
              ControlMessage.request("sums")
                  .with("name", "file")
                  .with("version", version)
                  .with("length", 100L << 20));
      for (ControlMessage question : questions) {
        ControlMessage answer = ask(socket, question);
        assertThat(answer.isOk()).as("%s: %s", question, answer).isFalse();
        assertThat(answer.text("error").orElseThrow()).doesNotContain("\n").hasSizeLessThan(600);
      }
      assertThat(ask(socket, read("file", version).with("length", 7)).count("crc32c"))
          .contains(Pieces.crc32c("content".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      own.close(socket, Duration.ZERO);
    }
  }
}
