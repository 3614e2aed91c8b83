package org.frameline.ventilator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.frameline.program.StopSignal;
import org.frameline.program.command.Failures;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.Messages;
import org.frameline.protocol.socket.Sockets;
import org.frameline.testing.FreePorts;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import picocli.CommandLine;

/**
 * A ventilator that runs on a thread of its own, and the publisher, workers and sink that a test
 * plays.
 */
final class RunningVentilator implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;
  private static final int QUIET_MS = 300;

  private final Path folder;
  private final ZContext context = new ZContext();
  private final StopSignal stop = new StopSignal();
  private final StringWriter err = new StringWriter();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final String tasks;
  private final String control = FreePorts.endpoint();

  /** The sink, and the publisher's control socket. */
  final Neighbours neighbours = new Neighbours();

  /** Where frames are sent from, and subscriptions come. */
  final ZMQ.Socket publisher;

  /** Nothing runs yet; files go to this folder. */
  RunningVentilator(Path folder) throws Exception {
    this.folder = folder;
    publisher = context.createSocket(SocketType.XPUB);
    publisher.setHandshakeIvl(1_000);
    publisher.setLinger(0);
    publisher.setReceiveTimeOut(PATIENCE_MS);
    assertThat(publisher.bind("tcp://127.0.0.1:*")).isTrue();
    tasks = FreePorts.endpoint();
  }

  void stop() {
    stop.stop();
  }

  @Override
  public void close() {
    stop.stop();
    exitCode();
    context.close();
    neighbours.close();
  }

  void start(String... options) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--connect",
                publisher.getLastEndpoint(),
                "--control",
                neighbours.publisherControl,
                "--bind",
                tasks,
                "--control-bind",
                control,
                "--sink",
                neighbours.handshake,
                "--report",
                folder.resolve("report.json").toString()));
    args.addAll(List.of(options));
    Failures failures = new Failures();
    CommandLine command =
        new CommandLine(new VentilateCommand(stop))
            .setErr(new PrintWriter(err, true))
            .setParameterExceptionHandler(failures)
            .setExecutionExceptionHandler(failures);
    new Thread(() -> exit.complete(command.execute(args.toArray(String[]::new)))).start();
  }

  /** What it says of the silence of its publisher. */
  long silentMs() throws Exception {
    try (Sockets sockets = new Sockets()) {
      MessageSocket socket = sockets.requestOnce(Endpoint.parse(control));
      socket.offer(ControlMessage.request("status"));
      List<byte[]> answer = socket.receive(Duration.ofMillis(PATIENCE_MS));
      sockets.close(socket, Duration.ZERO);
      return ControlMessage.decode(answer.get(0)).count("silent_ms").orElseThrow();
    }
  }

  int exitCode() {
    return exit.copy().orTimeout(30, TimeUnit.SECONDS).join();
  }

  String report() throws Exception {
    return Files.readString(folder.resolve("report.json"), StandardCharsets.UTF_8);
  }

  ZMQ.Socket worker(String name) {
    neighbours.workers.add(name);
    return connect(SocketType.PULL);
  }

  /** Connects to where tasks are, without a word to the sink. */
  ZMQ.Socket connect(SocketType type) {
    ZMQ.Socket worker = context.createSocket(type);
    worker.setHandshakeIvl(1_000);
    worker.setLinger(0);
    worker.setReceiveTimeOut(PATIENCE_MS);
    assertThat(worker.connect(tasks)).isTrue();
    return worker;
  }

  void awaitSubscription() {
    for (int i = 0; i < 2; i++) {
      assertThat(publisher.recv()).as("a subscription").isNotNull();
    }
  }

  void publish(long number) {
    FrameHeader header = new FrameHeader(List.of(4), ElementType.UINT8, number, 1, "s", Map.of());
    Messages.send(
        publisher,
        new Frame("camera_frame", header, ByteBuffer.wrap(new byte[] {1, 2, 3, (byte) number})));
  }

  void publishEnd(long frames) {
    Messages.send(publisher, new SeriesEnd("camera_frame", "s", frames));
  }

  static StreamMessage receive(ZMQ.Socket socket) throws Exception {
    List<byte[]> parts = Messages.await(socket);
    assertThat(parts).as("a message").isNotNull();
    return MessageCodec.decode(parts);
  }

  static void requireFrames(ZMQ.Socket worker, long from, long to) throws Exception {
    for (long n = from; n < to; n++) {
      Frame frame = (Frame) receive(worker);
      assertThat(frame.header().frame()).isEqualTo(n);
      assertThat(frame.payload().get(3)).isEqualTo((byte) n);
    }
  }

  static void requireFramesBetweenThem(int frames, ZMQ.Socket... workers) {
    List<Long> received = new ArrayList<>();
    await()
        // A socket belongs to one thread.
        .pollInSameThread()
        .until(
            () -> {
              for (ZMQ.Socket worker : workers) {
                List<byte[]> parts = Messages.receive(worker);
                if (parts != null) {
                  received.add(((Frame) MessageCodec.decode(parts)).header().frame());
                }
              }
              return received.size() == frames;
            });
    assertThat(received).doesNotHaveDuplicates();
  }

  /** The frames up to one that is awaited, which is the last. */
  static List<Long> awaitFrame(ZMQ.Socket worker, long awaited) throws Exception {
    List<Long> received = new ArrayList<>();
    while (!received.contains(awaited)) {
      received.add(((Frame) receive(worker)).header().frame());
    }
    return received;
  }

  /** The next so many different frames. */
  static Set<Long> awaitFrames(ZMQ.Socket worker, int count) throws Exception {
    Set<Long> received = new HashSet<>();
    while (received.size() < count) {
      received.add(((Frame) receive(worker)).header().frame());
    }
    return received;
  }

  /** Whatever is dealt out again may come before. */
  static SeriesEnd awaitEnd(ZMQ.Socket worker) throws Exception {
    StreamMessage message = receive(worker);
    while (message instanceof Frame) {
      message = receive(worker);
    }
    return (SeriesEnd) message;
  }

  static void requireQuiet(ZMQ.Socket socket) {
    socket.setReceiveTimeOut(QUIET_MS);
    assertThat(socket.recv()).isNull();
    socket.setReceiveTimeOut(PATIENCE_MS);
  }
}
