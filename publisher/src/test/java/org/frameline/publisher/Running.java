package org.frameline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.frameline.program.StopSignal;
import org.frameline.program.command.Failures;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.socket.Messages;
import org.frameline.testing.FreePorts;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A publisher that runs on a thread of its own, started as from the command line. */
final class Running implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int QUEUED = 8;
  private static final int ATTEMPTS = 10;
  private static final int ANSWER_WITHIN_MS = 2_000;

  final String frames = FreePorts.endpoint();
  final String control = FreePorts.endpoint();
  private final StopSignal stop = new StopSignal();
  private final StringWriter err = new StringWriter();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final ZContext context = new ZContext();
  private long lastPublished;

  Running(String... options) {
    this(List.of("--history-bind", "tcp://127.0.0.1:*"), options);
  }

  private Running(List<String> history, String... options) {
    List<String> args = new ArrayList<>(List.of("--bind", frames, "--control-bind", control));
    args.addAll(history);
    if (!List.of(options).contains("--history")) {
      // All publishers of a class are in one process here, and what they map stays until collected.
      args.addAll(List.of("--history", "16MiB"));
    }
    args.addAll(List.of(options));
    new Thread(() -> exit.complete(execute(stop, err, args.toArray(String[]::new)))).start();
  }

  /** One that chooses the port of its history itself. */
  static Running withHistoryAnywhere(String... options) {
    return new Running(List.of(), options);
  }

  static int execute(StopSignal stop, StringWriter err, String... args) {
    Failures failures = new Failures();
    return new picocli.CommandLine(new PublishCommand(stop))
        .setErr(new PrintWriter(err, true))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .execute(args);
  }

  /** A socket of the test's own thread. */
  ZMQ.Socket connect(SocketType type, String endpoint) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setHandshakeIvl(1_000);
    socket.setLinger(0);
    // Few, so that who does not read is soon a slow subscriber; what waits is all in one heap here.
    socket.setHWM(QUEUED);
    socket.setReceiveTimeOut((int) PATIENCE.toMillis());
    assertThat(socket.connect(endpoint)).isTrue();
    return socket;
  }

  ControlMessage ask(ControlMessage question) throws MalformedMessageException {
    return ask(question.encode());
  }

  /** Asks again when no answer comes, as all our programs do. */
  ControlMessage ask(byte[] question) throws MalformedMessageException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      byte[] answer = askOnce(question);
      if (answer != null) {
        return ControlMessage.decode(answer);
      }
    }
    throw new AssertionError("no answer in " + ATTEMPTS + " attempts");
  }

  private byte[] askOnce(byte[] question) {
    ZMQ.Socket socket = connect(SocketType.REQ, control);
    socket.setReceiveTimeOut(ANSWER_WITHIN_MS);
    socket.send(question);
    byte[] answer = socket.recv();
    socket.close();
    return answer;
  }

  ControlMessage ask(String request) throws MalformedMessageException {
    return ask(ControlMessage.request(request));
  }

  /** How many frames it has published; after its end, when nobody answers, as many as before. */
  long published() throws MalformedMessageException {
    byte[] answer = askOnce(ControlMessage.request("status").encode());
    if (answer != null) {
      lastPublished = ControlMessage.decode(answer).count("published").orElseThrow();
    }
    return lastPublished;
  }

  /** The next message, which must come. */
  static StreamMessage receive(ZMQ.Socket socket) throws Exception {
    List<byte[]> parts = Messages.await(socket);
    assertThat(parts).as("a message").isNotNull();
    return MessageCodec.decode(parts);
  }

  /** Subscribes without a name. */
  ZMQ.Socket listen(String topic) {
    ZMQ.Socket socket = connect(SocketType.SUB, frames);
    socket.subscribe(topic);
    return socket;
  }

  /** Subscribes and says ready until the publisher has it. */
  ZMQ.Socket subscribe(String topic, String name) throws MalformedMessageException {
    ZMQ.Socket socket = connect(SocketType.SUB, frames);
    socket.subscribe(topic);
    socket.subscribe("subscriber/" + name);
    ControlMessage question = ready(name);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              // A socket that nobody touches does not subscribe again after its connection was
              // made anew.
              socket.getEvents();
              return ask(question).isTrue("ready");
            });
    return socket;
  }

  void sayReady(String name) {
    await().atMost(PATIENCE).until(() -> ask(ready(name)).isTrue("ready"));
  }

  private static ControlMessage ready(String name) {
    return ControlMessage.request("ready").with("subscriber", name);
  }

  Endpoint controlEndpoint() {
    return Endpoint.parse(control);
  }

  void stop() {
    stop.stop();
  }

  boolean isOver() {
    return exit.isDone();
  }

  int exitCode() {
    return exit.copy().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  String err() {
    return err.toString();
  }

  static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Override
  public void close() {
    stop.stop();
    // The test's own sockets first: a subscriber that reads nothing holds up the end.
    context.close();
    exitCode();
  }
}
