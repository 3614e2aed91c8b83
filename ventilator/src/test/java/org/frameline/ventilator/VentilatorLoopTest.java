package org.frameline.ventilator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.protocol.socket.Messages;
import org.frameline.protocol.socket.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import picocli.CommandLine;

/** The ventilator between a publisher, workers and a sink that the test plays. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class VentilatorLoopTest {
  private static final int PATIENCE_MS = 10_000;
  private static final int QUIET_MS = 300;

  @TempDir Path folder;
  private final ZContext context = new ZContext();
  private final StopSignal stop = new StopSignal();
  private final StringWriter err = new StringWriter();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final Neighbours neighbours = new Neighbours();
  private ZMQ.Socket publisher;
  private String tasks;

  @BeforeEach
  void bindThePublisher() throws Exception {
    publisher = context.createSocket(SocketType.XPUB);
    publisher.setHandshakeIvl(1_000);
    publisher.setLinger(0);
    publisher.setReceiveTimeOut(PATIENCE_MS);
    assertThat(publisher.bind("tcp://127.0.0.1:*")).isTrue();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      tasks = "tcp://127.0.0.1:" + free.getLocalPort();
    }
  }

  @AfterEach
  void endAll() throws Exception {
    stop.stop();
    exitCode();
    context.close();
    neighbours.close();
  }

  private void ventilate(String... options) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--connect",
                Sockets.boundTo(publisher).toString(),
                "--control",
                neighbours.publisherControl,
                "--bind",
                tasks,
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

  private int exitCode() throws Exception {
    return exit.get(30, TimeUnit.SECONDS);
  }

  private String report() throws Exception {
    return Files.readString(folder.resolve("report.json"), StandardCharsets.UTF_8);
  }

  private ZMQ.Socket worker(String name) {
    ZMQ.Socket worker = context.createSocket(SocketType.PULL);
    worker.setHandshakeIvl(1_000);
    worker.setLinger(0);
    worker.setReceiveTimeOut(PATIENCE_MS);
    assertThat(worker.connect(tasks)).isTrue();
    neighbours.workers.add(name);
    return worker;
  }

  private void awaitSubscription() {
    for (int i = 0; i < 2; i++) {
      assertThat(publisher.recv()).as("a subscription").isNotNull();
    }
  }

  private void publish(long number) {
    FrameHeader header = new FrameHeader(List.of(4), ElementType.UINT8, number, 1, "s", Map.of());
    Messages.send(
        publisher,
        new Frame("camera_frame", header, ByteBuffer.wrap(new byte[] {1, 2, 3, (byte) number})));
  }

  private void publishEnd(long frames) {
    Messages.send(publisher, new SeriesEnd("camera_frame", "s", frames));
  }

  private static StreamMessage receive(ZMQ.Socket socket) throws Exception {
    List<byte[]> parts = Messages.await(socket);
    assertThat(parts).as("a message").isNotNull();
    return MessageCodec.decode(parts);
  }

  private static void requireFrames(ZMQ.Socket worker, long from, long to) throws Exception {
    for (long n = from; n < to; n++) {
      Frame frame = (Frame) receive(worker);
      assertThat(frame.header().frame()).isEqualTo(n);
      assertThat(frame.payload().get(3)).isEqualTo((byte) n);
    }
  }

  private static void requireFramesBetweenThem(int frames, ZMQ.Socket... workers) {
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
  private static List<Long> awaitFrame(ZMQ.Socket worker, long awaited) throws Exception {
    List<Long> received = new ArrayList<>();
    while (!received.contains(awaited)) {
      received.add(((Frame) receive(worker)).header().frame());
    }
    return received;
  }

  /** The next so many different frames. */
  private static Set<Long> awaitFrames(ZMQ.Socket worker, int count) throws Exception {
    Set<Long> received = new HashSet<>();
    while (received.size() < count) {
      received.add(((Frame) receive(worker)).header().frame());
    }
    return received;
  }

  /** Whatever is dealt out again may come before. */
  private static SeriesEnd awaitEnd(ZMQ.Socket worker) throws Exception {
    StreamMessage message = receive(worker);
    while (message instanceof Frame) {
      message = receive(worker);
    }
    return (SeriesEnd) message;
  }

  private static void requireQuiet(ZMQ.Socket socket) {
    socket.setReceiveTimeOut(QUIET_MS);
    assertThat(socket.recv()).isNull();
    socket.setReceiveTimeOut(PATIENCE_MS);
  }

  @Test
  void subscribesOnlyWhenEnoughWorkersAreReady() throws Exception {
    ZMQ.Socket first = worker("w1");
    ventilate("--workers", "2");
    await().until(() -> neighbours.questions.size() > 5);
    assertThat(neighbours.last("hello").count("window")).contains(64L);
    requireQuiet(publisher);
    ZMQ.Socket second = worker("w2");
    awaitSubscription();
    publish(0);
    publish(1);
    assertThat(List.of(receive(first), receive(second)))
        .extracting(message -> ((Frame) message).header().frame())
        .containsExactlyInAnyOrder(0L, 1L);
  }

  @Test
  void keepsNoMoreUnderWayThanItsWindow() throws Exception {
    ZMQ.Socket worker = worker("w1");
    ventilate("--window", "5");
    awaitSubscription();
    for (int n = 0; n < 20; n++) {
      publish(n);
    }
    requireFrames(worker, 0, 5);
    requireQuiet(worker);
    neighbours.received.addAndGet(3);
    requireFrames(worker, 5, 8);
    assertThat(neighbours.last("progress").count("dispatched").orElseThrow())
        .isLessThanOrEqualTo(8);
  }

  @Test
  void runsAheadOfAFrameThatIsLateOnlyWhereNoOrderIsKept() throws Exception {
    ZMQ.Socket worker = worker("w1");
    ventilate("--window", "4");
    awaitSubscription();
    for (int n = 0; n < 12; n++) {
      publish(n);
    }
    requireFrames(worker, 0, 4);
    // All but frame 0.
    neighbours.receivedAbove.addAll(List.of(1L, 2L, 3L));
    assertThat(awaitFrame(worker, 6)).contains(4L, 5L, 6L).doesNotContain(7L);
    neighbours.ordered.set(true);
    await().until(() -> neighbours.last("progress").count("dispatched").orElseThrow() == 7);
    neighbours.receivedAbove.addAll(List.of(4L, 5L));
    assertThat(awaitFrame(worker, 0)).as("again").doesNotContain(7L);
    assertThat(neighbours.last("progress").count("dispatched")).contains(7L);
    neighbours.received.set(7);
    assertThat(awaitFrame(worker, 10)).contains(7L, 8L, 9L, 10L);
  }

  @Test
  void dealsOutAgainWhatAWorkerTookWithIt() throws Exception {
    ZMQ.Socket first = worker("w1");
    ventilate();
    awaitSubscription();
    publish(0);
    publish(1);
    requireFrames(first, 0, 2);
    neighbours.received.set(1);
    publish(2);
    publish(3);
    requireFrames(first, 2, 4);
    first.close();
    neighbours.workers.clear();
    ZMQ.Socket second = worker("w2");
    assertThat(awaitFrames(second, 3)).containsExactlyInAnyOrder(1L, 2L, 3L);
    neighbours.received.set(4);
    publishEnd(4);
    awaitEnd(second);
    neighbours.workers.clear();
    assertThat(exitCode()).isZero();
    assertThat(report())
        .contains("\"frames\" : 4", "\"acknowledged\" : 4", "\"undelivered\" : 0")
        .containsPattern("\"resent\" : [3-9]");
  }

  @Test
  void dealsOutAgainWhatAStuckWorkerHolds() throws Exception {
    ZMQ.Socket stuck = worker("w1");
    ZMQ.Socket other = worker("w2");
    ventilate("--workers", "2");
    awaitSubscription();
    for (int n = 0; n < 6; n++) {
      publish(n);
    }
    publishEnd(6);
    // One of them takes its frames and never says a word again.
    List<Long> brought = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInSameThread()
        .until(
            () -> {
              Messages.receive(stuck);
              List<byte[]> parts = Messages.receive(other);
              if (parts != null && MessageCodec.decode(parts) instanceof Frame frame) {
                brought.add(frame.header().frame());
                neighbours.receivedAbove.add(frame.header().frame());
              }
              return neighbours.receivedAbove.size() == 6;
            });
    assertThat(brought).contains(0L, 1L, 2L, 3L, 4L, 5L);
    neighbours.workers.clear();
    assertThat(exitCode()).isZero();
  }

  @Test
  void sendsEveryWorkerHomeOnceTheSinkHasEverything() throws Exception {
    ZMQ.Socket first = worker("w1");
    ZMQ.Socket second = worker("w2");
    ventilate("--workers", "2");
    awaitSubscription();
    for (int n = 0; n < 6; n++) {
      publish(n);
    }
    publishEnd(6);
    requireFramesBetweenThem(6, first, second);
    neighbours.received.set(5);
    await()
        .until(() -> neighbours.questions.stream().anyMatch(q -> q.count("published").isPresent()));
    assertThat(neighbours.questions)
        .noneMatch(question -> question.text("request").orElse("").equals("goodbye"));
    neighbours.received.set(6);
    assertThat(awaitEnd(first).frames()).isEqualTo(6);
    assertThat(awaitEnd(second).frames()).isEqualTo(6);
    neighbours.workers.clear();
    assertThat(exitCode()).isZero();
    assertThat(neighbours.last("end").text("stream")).contains("s");
    assertThat(neighbours.last("end").count("first")).contains(0L);
    assertThat(neighbours.last("end").count("published")).contains(6L);
    assertThat(neighbours.last("goodbye").count("dispatched")).contains(6L);
    assertThat(report()).contains("\"frames\" : 6", "\"missing\" : 0", "\"undelivered\" : 0");
  }

  @Test
  void givesUpOnFramesThatNobodyBringsBack() throws Exception {
    ZMQ.Socket worker = worker("w1");
    ventilate();
    awaitSubscription();
    publish(0);
    publish(1);
    publishEnd(2);
    requireFrames(worker, 0, 2);
    neighbours.received.set(1);
    // Ten seconds without progress.
    worker.setReceiveTimeOut(20_000);
    awaitEnd(worker);
    neighbours.workers.clear();
    assertThat(exitCode()).isEqualTo(3);
    assertThat(report())
        .contains("\"undelivered\" : 1", "\"acknowledged\" : 1")
        .containsPattern("\"not_acknowledged\" : \\{\\s*\"s\" : \\[ \\[ 1, 1 ] ]");
  }

  @Test
  void countsWhatItDidNotGetAndGoesOnAfterGarbage() throws Exception {
    ZMQ.Socket worker = worker("w1");
    ventilate();
    awaitSubscription();
    publish(0);
    publisher.send("camera_frame");
    publisher.sendMore("camera_frame");
    publisher.sendMore("{\"htype\":\"array-1.0\"}");
    publisher.send(new byte[] {0, 1});
    publish(0);
    publish(4);
    publishEnd(6);
    requireFrames(worker, 0, 1);
    requireFrames(worker, 4, 5);
    neighbours.received.set(5);
    awaitEnd(worker);
    neighbours.workers.clear();
    assertThat(exitCode()).isEqualTo(3);
    assertThat(report())
        .contains("\"missing\" : 4", "\"duplicate\" : 1", "\"malformed\" : 2", "\"frames\" : 2");
  }

  @Test
  void endsWithoutALossWhenTheSinkHasAllItWants() throws Exception {
    ZMQ.Socket worker = worker("w1");
    ventilate();
    awaitSubscription();
    for (int n = 0; n < 5; n++) {
      publish(n);
    }
    requireFrames(worker, 0, 5);
    // Two of the five are still on their way, and nobody wants them.
    neighbours.received.set(3);
    neighbours.finished.set(true);
    awaitEnd(worker);
    neighbours.workers.clear();
    assertThat(exitCode()).isZero();
  }

  @Test
  void bringsToANewSinkWhatTheOldOneHadNotAcknowledged() throws Exception {
    ZMQ.Socket worker = worker("w1");
    ventilate("--window", "4");
    awaitSubscription();
    for (int n = 0; n < 8; n++) {
      publish(n);
    }
    requireFrames(worker, 0, 4);
    neighbours.received.set(2);
    requireFrames(worker, 4, 6);
    neighbours.sinkRun.set("sink-2");
    assertThat(awaitFrames(worker, 4)).containsExactlyInAnyOrder(2L, 3L, 4L, 5L);
    neighbours.received.set(6);
    assertThat(awaitFrame(worker, 7)).contains(6L);
  }

  @Test
  void stopsAtOnceInEveryWait() throws Exception {
    ventilate();
    await().until(() -> !neighbours.questions.isEmpty());
    long start = System.nanoTime();
    stop.stop();
    assertThat(exitCode()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void stopsAtOnceWhileNoWorkerTakesATask() throws Exception {
    neighbours.workers.add("a worker that never connects");
    ventilate();
    awaitSubscription();
    publish(0);
    publish(1);
    await().until(() -> neighbours.questions.size() > 10);
    long start = System.nanoTime();
    stop.stop();
    assertThat(exitCode()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }
}
