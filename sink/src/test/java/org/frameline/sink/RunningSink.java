package org.frameline.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.frameline.program.StopSignal;
import org.frameline.program.command.Failures;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.ReceivedFrames;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.socket.Messages;
import org.frameline.testing.FreePorts;
import org.frameline.testing.recordings.Entries;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import picocli.CommandLine;

/** A sink that runs on a thread of its own, and the worker and the ventilator that a test plays. */
final class RunningSink implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;

  private final Path folder;
  private final ZContext context = new ZContext();
  private final StopSignal stop = new StopSignal();
  private final StringWriter err = new StringWriter();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private String results;
  private String handshake;
  private ZMQ.Socket worker;
  private ZMQ.Socket ventilator;

  private ZMQ.Socket connect(SocketType type, String endpoint) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setHandshakeIvl(1_000);
    socket.setLinger(0);
    socket.setReceiveTimeOut(PATIENCE_MS);
    socket.setSendTimeOut(PATIENCE_MS);
    assertThat(socket.connect(endpoint)).isTrue();
    return socket;
  }

  /** Nothing runs yet; files go to this folder. */
  RunningSink(Path folder) {
    this.folder = folder;
  }

  void start(String... options) throws Exception {
    exit.completeOnTimeout(-1, 50, TimeUnit.SECONDS);
    results = FreePorts.endpoint();
    handshake = FreePorts.endpoint();
    List<String> args =
        new ArrayList<>(
            List.of("--bind", results, "--handshake", handshake, "--report", file("report.json")));
    args.addAll(List.of(options));
    CommandLine command = command();
    new Thread(() -> exit.complete(command.execute(args.toArray(String[]::new)))).start();
    worker = connectWorker();
    ventilator = connect(SocketType.REQ, handshake);
  }

  /** The command, to be started in another way. */
  CommandLine command() {
    Failures failures = new Failures();
    return new CommandLine(new SinkCommand(stop))
        .setErr(new PrintWriter(err, true))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  /** Where one more sends from. */
  ZMQ.Socket connectWorker() {
    return connect(SocketType.PUSH, results);
  }

  /** Where the worker sends from. */
  ZMQ.Socket worker() {
    return worker;
  }

  void stop() {
    stop.stop();
  }

  String err() {
    return err.toString();
  }

  @Override
  public void close() {
    stop.stop();
    if (worker != null) {
      exit.join();
    }
    context.close();
  }

  String file(String name) {
    return folder.resolve(name).toString();
  }

  int exitCode() {
    return exit.join();
  }

  String report() throws Exception {
    return Files.readString(folder.resolve("report.json"), StandardCharsets.UTF_8);
  }

  void send(StreamMessage message) {
    assertThat(Messages.send(worker, message)).isTrue();
  }

  void sendResults(long... numbers) {
    for (long number : numbers) {
      send(Results.result(number));
    }
  }

  ControlMessage ask(ControlMessage question) throws Exception {
    return ask(question.encode());
  }

  /** By a connection that ends when the answer has come. */
  ControlMessage askAnew(ControlMessage question) throws Exception {
    try (ZMQ.Socket socket = connect(SocketType.REQ, handshake)) {
      socket.send(question.encode());
      return ControlMessage.decode(socket.recv());
    }
  }

  ControlMessage ask(byte[] question) throws Exception {
    ventilator.send(question);
    byte[] answer = ventilator.recv();
    assertThat(answer).as("an answer").isNotNull();
    return ControlMessage.decode(answer);
  }

  ControlMessage ask(String request) throws Exception {
    return ask(ControlMessage.request(request));
  }

  static ControlMessage about(String request, String stream, long first) {
    return ControlMessage.request(request).with("stream", stream).with("first", first);
  }

  static ControlMessage dealt(String request, String stream, long first, long from, boolean over) {
    return dealt(request, new DealtStream(stream, first, from, DealtStream.UNLIMITED, over));
  }

  static ControlMessage dealt(String request, DealtStream... streams) {
    return DealtStream.put(ControlMessage.request(request), List.of(streams));
  }

  /** As a ventilator that deals out these streams, from frame 0 on. */
  void name(String... streams) throws Exception {
    ask(
        dealt(
            "progress",
            Stream.of(streams)
                .map(stream -> new DealtStream(stream, 0, 0, DealtStream.UNLIMITED, false))
                .toArray(DealtStream[]::new)));
  }

  void awaitReceived(long frames) {
    await().pollInSameThread().until(() -> ask("status").count("received").orElseThrow() == frames);
  }

  /** All that a ventilator says at the end. */
  void end(String stream, long first, long published) throws Exception {
    ask(about("end", stream, first).with("published", published));
    assertThat(ask("goodbye").isTrue("goodbye")).isTrue();
  }

  /** What h5py reads of a file, entry by entry. */
  List<String> entries(String name) throws Exception {
    return Entries.of(Path.of(file(name)));
  }

  /** What is written of one stream, as soon as the sink says that it has it for good. */
  void awaitKept(String stream, long frame) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInSameThread()
        .until(
            () ->
                ReceivedFrames.in(ask(dealt("progress", stream, 0, 0, false))).get(0).kept()
                    >= frame);
  }
}
