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
import java.util.List;
import java.util.Map;
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
    // What a ventilator before us brought there is none of our business.
    neighbours.received.set(1_000);
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
    requireQuiet(worker);
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
    await().until(() -> neighbours.last("end").count("published").isPresent());
    requireQuiet(first);
    requireQuiet(second);
    neighbours.received.set(6);
    assertThat(((SeriesEnd) receive(first)).frames()).isEqualTo(6);
    assertThat(((SeriesEnd) receive(second)).frames()).isEqualTo(6);
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
    assertThat(receive(worker)).isInstanceOf(SeriesEnd.class);
    neighbours.workers.clear();
    assertThat(exitCode()).isEqualTo(3);
    assertThat(report()).contains("\"undelivered\" : 1");
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
    neighbours.received.set(2);
    assertThat(receive(worker)).isInstanceOf(SeriesEnd.class);
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
    assertThat(receive(worker)).isInstanceOf(SeriesEnd.class);
    neighbours.workers.clear();
    assertThat(exitCode()).isZero();
  }

  @Test
  void goesOnWithASinkThatWasRestarted() throws Exception {
    ZMQ.Socket worker = worker("w1");
    ventilate("--window", "4");
    awaitSubscription();
    for (int n = 0; n < 12; n++) {
      publish(n);
    }
    requireFrames(worker, 0, 4);
    neighbours.sinkRun.set("sink-2");
    requireFrames(worker, 4, 8);
    requireQuiet(worker);
    neighbours.received.set(4);
    requireFrames(worker, 8, 12);
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
