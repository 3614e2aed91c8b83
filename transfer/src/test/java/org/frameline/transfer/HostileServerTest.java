package org.frameline.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.socket.ControlServer;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another side that lies; what it says goes through real sockets. */
class HostileServerTest {
  @TempDir private Path folder;
  private final Sockets sockets = new Sockets();
  private final StopSignal end = new StopSignal();
  private Thread server;

  @AfterEach
  void endServing() throws Exception {
    end.stop();
    server.join();
    sockets.close();
  }

  private Endpoint serve(ControlServer.Handler handler) throws Exception {
    CompletableFuture<Endpoint> bound = new CompletableFuture<>();
    Endpoint any = Endpoint.parse("tcp://127.0.0.1:*");
    server =
        new Thread(
            () -> {
              try (ControlServer control =
                      ControlServer.ofPieces(sockets, any, "--bind", 8, handler);
                  PollLoop loop = new PollLoop(sockets, end)) {
                control.serveOn(loop);
                bound.complete(control.boundTo());
                loop.run();
              }
            });
    server.start();
    return bound.get(60, TimeUnit.SECONDS);
  }

  private Path out() {
    return folder.resolve("out");
  }

  private int fetch(Endpoint from, String pattern, Duration patience) throws IOException {
    Files.createDirectories(out());
    StopSignal stop = new StopSignal();
    FetchConfig config =
        new FetchConfig(from, new NamePattern(pattern), out(), false, false, patience);
    try (Sockets own = new Sockets();
        RemoteFolder remote = new RemoteFolder(own, from, patience, stop)) {
      return new Fetch(config, remote, stop).run();
    }
  }

  private int fetch(Endpoint from, String pattern) throws IOException {
    return fetch(from, pattern, Duration.ofSeconds(60));
  }

  private static ControlMessage answer(ControlMessage question) {
    return ControlMessage.ok().with("id", question.count("id").orElseThrow());
  }

  private static ControlMessage file(ControlMessage question, long bytes) {
    return answer(question).with("version", "1").with("bytes", bytes).with("growing", false);
  }

  private static boolean asks(ControlMessage question, String request) {
    return question.text("request").orElse("").equals(request);
  }

  @Test
  void namesThatLeaveTheFolderAreLeftOut() throws Exception {
    List<Map<String, Object>> names =
        List.of(Map.of("name", "../escaped"), Map.of("name", "good"), Map.of("name", "w\u001b[2J"));
    Endpoint from =
        serve(
            (question, reply) -> {
              boolean first = question.text("after").orElse("").isEmpty();
              if (asks(question, "list")) {
                reply.send(answer(question).with("files", first ? names : List.of()));
              } else {
                assertThat(question.text("name")).contains("good");
                reply.send(file(question, 0));
              }
            });
    assertThat(fetch(from, "*")).isEqualTo(ExitCode.FRAMES_MISSING);
    assertThat(folder.resolve("escaped")).doesNotExist();
    assertThat(out()).isDirectoryContaining("glob:**/good").isDirectoryNotContaining("glob:**/w*");
  }

  @Test
  void aListWithoutAnEndIsGivenUp() throws Exception {
    Endpoint from =
        serve(
            (question, reply) ->
                reply.send(
                    answer(question)
                        .with("files", List.of(Map.of("name", "b"), Map.of("name", "a")))));
    assertThatThrownBy(() -> fetch(from, "x*")).hasMessageContaining("names in ascending order");
  }

  @Test
  void aFileLargerThanTheDiskIsNotBegun() throws Exception {
    Endpoint from = serve((question, reply) -> reply.send(file(question, 1L << 52)));
    assertThatThrownBy(() -> fetch(from, "a"))
        .isInstanceOf(ProgramException.class)
        .hasMessageContaining("needs 4503599627 MB more");
    assertThat(out().resolve("a")).doesNotExist();
  }

  @Test
  void aPieceWithAWrongChecksumIsNotWritten() throws Exception {
    Endpoint from =
        serve(
            (question, reply) -> {
              if (asks(question, "read")) {
                reply.send(answer(question).with("crc32c", 7), new byte[10]);
              } else {
                reply.send(file(question, 10));
              }
            });
    assertThatThrownBy(() -> fetch(from, "a")).hasMessageContaining("crc32c: expected");
    assertThat(out().resolve("a")).doesNotExist();
    assertThat(out().resolve("a.part")).isEmptyFile();
  }

  @Test
  void sumsThatNeverFitEndIt() throws Exception {
    byte[] piece = new byte[10];
    Endpoint from =
        serve(
            (question, reply) -> {
              if (asks(question, "read")) {
                reply.send(answer(question).with("crc32c", Pieces.crc32c(piece)), piece);
              } else if (asks(question, "sums")) {
                reply.send(answer(question).with("sums", List.of("0".repeat(64))));
              } else {
                reply.send(file(question, 10));
              }
            });
    assertThatThrownBy(() -> fetch(from, "a")).hasMessageContaining("other checksums");
    assertThat(out().resolve("a")).doesNotExist();
  }

  @Test
  void aFileThatChangesAllTheTimeIsGivenUp() throws Exception {
    Endpoint from =
        serve(
            (question, reply) -> {
              if (asks(question, "read")) {
                reply.send(
                    answer(question)
                        .with("ok", false)
                        .with("reason", "changed")
                        .with("error", "again"));
              } else {
                reply.send(file(question, 10));
              }
            });
    assertThatThrownBy(() -> fetch(from, "a")).hasMessageContaining("changes all the time");
  }

  @Test
  void aFileThatIsGoneForAMomentIsLookedForAgain() throws Exception {
    byte[] piece = {1, 2, 3};
    boolean[] gone = {true};
    Endpoint from =
        serve(
            (question, reply) -> {
              if (asks(question, "read") && gone[0]) {
                gone[0] = false;
                reply.send(answer(question).with("ok", false).with("reason", "gone"));
              } else if (asks(question, "read")) {
                reply.send(answer(question).with("crc32c", Pieces.crc32c(piece)), piece);
              } else if (asks(question, "sums")) {
                String sum = Pieces.sum(ByteBuffer.wrap(piece));
                reply.send(answer(question).with("sums", List.of(sum)));
              } else {
                reply.send(file(question, piece.length));
              }
            });
    assertThat(fetch(from, "a")).isEqualTo(ExitCode.DONE);
    assertThat(out().resolve("a")).hasBinaryContent(piece);
  }

  @Test
  void nonsenseEndsIt() throws Exception {
    List<ControlMessage> nonsense =
        List.of(
            new ControlMessage(Map.of("version", 7)),
            new ControlMessage(Map.of("version", "1", "bytes", -1)),
            new ControlMessage(Map.of("version", "v".repeat(1_000), "bytes", 1)),
            new ControlMessage(Map.of("version", "1", "bytes", 60, "growing", true)),
            new ControlMessage(
                Map.of(
                    "version", "1", "bytes", 10, "growing", true, "superblock", "0".repeat(96))));
    int[] asked = {0};
    Endpoint from =
        serve(
            (question, reply) -> {
              ControlMessage message = answer(question);
              for (Map.Entry<String, Object> field :
                  nonsense.get(asked[0]++ % nonsense.size()).fields().entrySet()) {
                message = message.with(field.getKey(), field.getValue());
              }
              reply.send(message);
            });
    assertThatThrownBy(() -> fetch(from, "a"))
        .hasMessageContaining("does not answer as 'frameline serve' does");
  }

  @Test
  void somebodyElseIsNamed() throws Exception {
    Endpoint from =
        serve((question, reply) -> reply.send(ControlMessage.error("expected \u001b[31mstatus")));
    assertThatThrownBy(() -> fetch(from, "a"))
        .hasMessage(from + " says: expected \\u001b[31mstatus");
  }

  @Test
  void silenceIsGivenUp() throws Exception {
    Endpoint from = serve((question, reply) -> assertThat(question.fields()).isNotEmpty());
    assertThatThrownBy(() -> fetch(from, "a", Duration.ofSeconds(1)))
        .hasMessageContaining("waited in vain for an answer from " + from);
  }

  @Test
  void whoIsBusyIsAskedAgain() throws Exception {
    int[] busy = {0};
    Endpoint from =
        serve(
            (question, reply) -> {
              if (busy[0]++ < 1) {
                reply.send(answer(question).with("ok", false).with("reason", "busy"));
              } else {
                reply.send(file(question, 0));
              }
            });
    assertThat(fetch(from, "a")).isEqualTo(ExitCode.DONE);
    assertThat(out().resolve("a")).isEmptyFile();
    assertThat(busy[0]).isGreaterThanOrEqualTo(2);
  }
}
