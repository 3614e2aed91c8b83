package org.frameline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.frameline.fft.Precision;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumOutput;
import org.frameline.fft.SpectrumTransform;
import org.frameline.fft.engine.FftEngines;
import org.frameline.program.StopSignal;
import org.frameline.program.command.Failures;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.EpochClock;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.Reference;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.frameline.protocol.ring.RingTaker;
import org.frameline.protocol.socket.Messages;
import org.frameline.testing.NoThreadLeft;
import org.frameline.testing.Python;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import picocli.CommandLine;

/** A worker between a ventilator and a sink that the test plays. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class WorkerLoopTest {
  private static final int PATIENCE_MS = 10_000;
  private static final int HEIGHT = 5;
  private static final int WIDTH = 6;

  @TempDir Path folder;
  private final ZContext context = new ZContext();
  private final StopSignal stop = new StopSignal();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private ZMQ.Socket ventilator;
  private ZMQ.Socket sink;

  @BeforeEach
  void bindTheNeighbours() {
    ventilator = bind(SocketType.PUSH);
    sink = bind(SocketType.PULL);
    exit.completeOnTimeout(-1, 50, TimeUnit.SECONDS);
  }

  private ZMQ.Socket bind(SocketType type) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setHandshakeIvl(1_000);
    socket.setLinger(0);
    socket.setReceiveTimeOut(PATIENCE_MS);
    socket.setSendTimeOut(PATIENCE_MS);
    assertThat(socket.bind("tcp://127.0.0.1:*")).isTrue();
    return socket;
  }

  private void work(String... options) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--connect", ventilator.getLastEndpoint(),
                "--results", sink.getLastEndpoint(),
                "--report", folder.resolve("report.json").toString()));
    args.addAll(List.of(options));
    Failures failures = new Failures();
    CommandLine command =
        new CommandLine(new FftCommand(stop))
            .setErr(new PrintWriter(new StringWriter(), true))
            .setParameterExceptionHandler(failures)
            .setExecutionExceptionHandler(failures);
    new Thread(() -> exit.complete(command.execute(args.toArray(String[]::new)))).start();
  }

  @AfterEach
  void endAll() {
    stop.stop();
    exit.join();
    context.close();
  }

  private String report() throws Exception {
    return Files.readString(folder.resolve("report.json"), StandardCharsets.UTF_8);
  }

  private static Frame frame(long number) {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put(FrameHeader.PIXEL_FORMAT, "RGB8");
    extra.put("from_a_later_version", List.of(1, 2));
    FrameHeader header =
        new FrameHeader(
            List.of(HEIGHT, WIDTH, 3), ElementType.UINT8, number, 1_000 + number, "s", extra);
    byte[] pixels = new byte[HEIGHT * WIDTH * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 11 * 23L + i % 7 + 7 * number);
    }
    return new Frame("camera_frame", header, ByteBuffer.wrap(pixels));
  }

  private void give(StreamMessage message) {
    assertThat(Messages.send(ventilator, message)).isTrue();
  }

  private StreamMessage next() throws Exception {
    List<byte[]> parts = Messages.await(sink);
    assertThat(parts).as("a message of the worker").isNotNull();
    return MessageCodec.decode(parts);
  }

  /** The next result; notices before it are passed over. */
  private Frame result() throws Exception {
    StreamMessage message = next();
    while (message instanceof WorkerNotice) {
      message = next();
    }
    return (Frame) message;
  }

  private void awaitReady() throws Exception {
    assertThat(((WorkerNotice) next()).state()).isEqualTo(WorkerNotice.State.READY);
  }

  @Test
  void sendsWhatNumpyComputes() throws Exception {
    work();
    awaitReady();
    give(frame(3));
    Frame result = result();
    assertThat(result.header().shape()).containsExactly(3, HEIGHT, WIDTH / 2 + 1);
    assertThat(result.header().type()).isEqualTo(ElementType.COMPLEX64);
    Path pixels = Files.write(folder.resolve("pixels"), frame(3).payload().array());
    Path spectrum = Files.write(folder.resolve("spectrum"), result.payload().array());
    String error =
        Python.run(
            """
            import sys, numpy as np
            x = np.fromfile(sys.argv[1], np.uint8).reshape(5, 6, 3)
            y = np.fromfile(sys.argv[2], "<c8").reshape(3, 5, 4)
            want = np.moveaxis(np.fft.rfft2(x, axes=(0, 1)), -1, 0)
            print(np.abs(y - want).max() / np.abs(want).max())
            """,
            pixels,
            spectrum);
    assertThat(Double.parseDouble(error)).isLessThan(1e-6);
  }

  @Test
  void severalThreadsGiveTheSameResultsInTheOrderOfTheFrames() throws Exception {
    work("--threads", "3");
    awaitReady();
    int frames = 40;
    List<byte[]> one = new ArrayList<>();
    for (int n = 0; n < frames; n++) {
      // Another shape from time to time, which has to wait for those before it.
      give(n % 7 == 6 ? small(n) : frame(n));
    }
    for (int n = 0; n < frames; n++) {
      Frame result = result();
      assertThat(result.header().frame()).isEqualTo(n);
      one.add(result.payload().array());
    }
    give(new SeriesEnd("camera_frame", "s", frames));
    assertThat(exit.join()).isZero();
    assertThat(report()).contains("\"frames\" : " + frames, "\"threads\" : 3");
    SpectrumTransform alone =
        new SpectrumTransform(
            new SpectrumFormat(
                List.of(HEIGHT, WIDTH, 3),
                ElementType.UINT8,
                SpectrumOutput.COMPLEX,
                Precision.FLOAT32),
            FftEngines.all().best());
    for (int n = 0; n < frames; n++) {
      if (n % 7 != 6) {
        ByteBuffer want = ByteBuffer.allocate(one.get(n).length).order(ByteOrder.LITTLE_ENDIAN);
        alone.transform(frame(n).payload(), want);
        assertThat(one.get(n)).as("frame %d", n).isEqualTo(want.array());
      }
    }
  }

  private static Frame small(long number) {
    FrameHeader header =
        new FrameHeader(List.of(2, 2), ElementType.UINT8, number, 0, "s", Map.of());
    return new Frame("camera_frame", header, ByteBuffer.allocate(4));
  }

  @Test
  void threadsShareTheRing() throws Exception {
    work("--threads", "2", "--output", "power");
    awaitReady();
    give(frame(0));
    byte[] inline = result().payload().array();
    WorkerNotice notice = ringNotice("");
    List<Reference> references = new ArrayList<>();
    try (RingTaker ring =
        RingTaker.open(Path.of(notice.extra().get("ring").toString()), notice.worker())) {
      ring.take(0);
      for (int i = 0; i < 12; i++) {
        give(frame(0));
      }
      for (int i = 0; i < 12; i++) {
        assertThat(result(ring, references)).isEqualTo(inline);
      }
      assertThat(references).as("slots for two in work and two that wait").hasSize(11);
      assertThat(references)
          .extracting(reference -> reference.header().number("ring_index").orElseThrow())
          .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
      // What is announced is what has been sent, not what is in the making.
      WorkerNotice next = (WorkerNotice) next();
      assertThat(next.extra()).containsEntry("ring_index", 11);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1025", "two", ""})
  void aNumberOfThreadsThatCannotBeIsOneLine(String threads) throws Exception {
    StringWriter told = new StringWriter();
    CommandLine command =
        new CommandLine(new FftCommand(stop))
            .setErr(new PrintWriter(told, true))
            .setExecutionExceptionHandler(new Failures());
    assertThat(command.execute("--threads", threads)).isEqualTo(2);
    assertThat(told.toString())
        .contains("--threads: expected 1 to 1024 or all, found \"" + threads + "\"");
    exit.complete(0);
  }

  @Test
  void keepsTheHeaderOfTheFrameAndAddsItsOwnKeys() throws Exception {
    long before = EpochClock.nowNs();
    work("--output", "power", "--precision", "float64");
    awaitReady();
    give(frame(3));
    Frame result = result();
    FrameHeader header = result.header();
    assertThat(result.topic()).isEqualTo("camera_frame");
    assertThat(header.frame()).isEqualTo(3);
    assertThat(header.timestampNs()).isEqualTo(1_003);
    assertThat(header.stream()).isEqualTo("s");
    assertThat(header.type()).isEqualTo(ElementType.FLOAT64);
    assertThat(header.extra().keySet())
        .containsExactly(
            "pixel_format",
            "from_a_later_version",
            "transform",
            "half_spectrum",
            "output",
            "width",
            "worker",
            "received_ns",
            "transform_ns");
    assertThat(header.extra())
        .containsEntry("transform", "fft2")
        .containsEntry("half_spectrum", true)
        .containsEntry("output", "power")
        .containsEntry("width", WIDTH)
        .containsEntry("from_a_later_version", List.of(1, 2));
    assertThat(header.number("received_ns").orElseThrow()).isBetween(before, EpochClock.nowNs());
    assertThat(header.number("transform_ns").orElseThrow()).isPositive();
    assertThat(header.text("worker").orElseThrow()).startsWith("worker-");
  }

  @Test
  void saysReadyEverySecondAndLeavingAtTheEnd() throws Exception {
    work();
    WorkerNotice first = (WorkerNotice) next();
    WorkerNotice second = (WorkerNotice) next();
    assertThat(first.state()).isEqualTo(WorkerNotice.State.READY);
    assertThat(second.state()).isEqualTo(WorkerNotice.State.READY);
    assertThat(second.worker()).isEqualTo(first.worker());
    give(frame(0));
    give(new SeriesEnd("camera_frame", "s", 1));
    assertThat(result().header().text("worker")).contains(first.worker());
    WorkerNotice last = (WorkerNotice) next();
    while (last.state() == WorkerNotice.State.READY) {
      last = (WorkerNotice) next();
    }
    assertThat(last.extra()).containsEntry("transformed", 1);
    assertThat(exit.join()).isZero();
    assertThat(report()).contains("\"frames\" : 1", "\"missing\" : 0", "\"malformed\" : 0");
  }

  /** The next result, whichever way it comes, as its bytes. */
  private byte[] result(RingTaker ring, List<Reference> references) throws Exception {
    StreamMessage message = next();
    while (message instanceof WorkerNotice) {
      message = next();
    }
    if (message instanceof Frame inline) {
      return inline.payload().array();
    }
    Reference reference = (Reference) message;
    references.add(reference);
    byte[] result = new byte[(int) reference.header().payloadBytes()];
    assertThat(ring.read(reference.header().number("ring_index").orElseThrow(), result)).isTrue();
    return result;
  }

  @Test
  void resultsGoThroughTheRingAsLongAsSomebodyTakesThemOut() throws Exception {
    work();
    awaitReady();
    give(frame(0));
    byte[] inline = result().payload().array();
    WorkerNotice notice = ringNotice("");
    assertThat(notice.extra()).containsEntry("ring_index", 0);
    Path file = Path.of(notice.extra().get("ring").toString());
    List<Reference> references = new ArrayList<>();
    try (RingTaker ring = RingTaker.open(file, notice.worker())) {
      give(frame(0));
      assertThat(result(ring, references)).as("nobody reads the ring yet").isEqualTo(inline);
      assertThat(references).isEmpty();

      ring.take(0);
      for (int i = 0; i < 12; i++) {
        give(frame(0));
        assertThat(result(ring, references)).isEqualTo(inline);
      }
      assertThat(references).as("then all its slots are full").hasSize(8);

      ring.take(7);
      for (int i = 0; i < 9; i++) {
        give(frame(0));
        assertThat(result(ring, references)).isEqualTo(inline);
      }
      assertThat(references).hasSize(8 + 7);
      Reference last = references.get(14);
      assertThat(last.topic()).isEqualTo("ring/camera_frame");
      assertThat(last.header().number("ring_index")).contains(14L);
      assertThat(last.header().text("ring")).contains(file.toString());
      assertThat(last.header().text("worker")).contains(notice.worker());
      give(new SeriesEnd("camera_frame", "s", 1));
      assertThat(exit.join()).isZero();
      assertThat(report()).contains("\"through_ring\" : 15");
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void largerResultsGetALargerRing() throws Exception {
    work("--output", "power");
    awaitReady();
    give(frame(0));
    result();
    FrameHeader header = new FrameHeader(List.of(64, 64), ElementType.UINT8, 0, 0, "t", Map.of());
    WorkerNotice first = ringNotice("");
    give(new Frame("t", header, ByteBuffer.allocate(64 * 64)));
    result();
    WorkerNotice second = ringNotice(first.extra().get("ring").toString());
    assertThat(Path.of(first.extra().get("ring").toString())).doesNotExist();
    try (RingTaker ring =
        RingTaker.open(Path.of(second.extra().get("ring").toString()), second.worker())) {
      assertThat(ring.frameBytes()).isEqualTo(64 * 33 * 4);
    }
  }

  /** The next notice that names a ring other than this one. */
  private WorkerNotice ringNotice(String other) throws Exception {
    WorkerNotice notice = (WorkerNotice) next();
    while (notice.extra().getOrDefault("ring", other).equals(other)) {
      notice = (WorkerNotice) next();
    }
    return notice;
  }

  @Test
  void isNotReadyBeforeTasksCanReachIt() throws Exception {
    String later = ventilator.getLastEndpoint();
    ventilator.close();
    Failures failures = new Failures();
    String[] args = {"--connect", later, "--results", sink.getLastEndpoint()};
    CommandLine command =
        new CommandLine(new FftCommand(stop)).setExecutionExceptionHandler(failures);
    new Thread(() -> exit.complete(command.execute(args))).start();
    sink.setReceiveTimeOut(500);
    assertThat(sink.recv()).isNull();
    sink.setReceiveTimeOut(PATIENCE_MS);
    ventilator = context.createSocket(SocketType.PUSH);
    ventilator.setHandshakeIvl(1_000);
    ventilator.setLinger(0);
    assertThat(ventilator.bind(later)).isTrue();
    awaitReady();
  }

  @Test
  void dropsWhatIsNoFrameCountsItAndGoesOn() throws Exception {
    work();
    awaitReady();
    for (ElementType type : List.of(ElementType.FLOAT32, ElementType.COMPLEX128)) {
      FrameHeader header = new FrameHeader(List.of(2, 2), type, 0, 0, "s", Map.of());
      give(new Frame("t", header, ByteBuffer.allocate((int) header.payloadBytes())));
    }
    FrameHeader line = new FrameHeader(List.of(4), ElementType.UINT8, 0, 0, "s", Map.of());
    give(new Frame("t", line, ByteBuffer.allocate(4)));
    ventilator.send("just one part");
    ventilator.sendMore("t");
    ventilator.sendMore("{\"htype\":\"array-1.0\"}");
    ventilator.send(new byte[3]);
    give(new WorkerNotice("worker", "stranger", WorkerNotice.State.READY, Map.of()));
    give(frame(7));
    assertThat(result().header().frame()).isEqualTo(7);
    give(new SeriesEnd("camera_frame", "s", 1));
    assertThat(exit.join()).as("three frames are missing").isEqualTo(3);
    assertThat(report()).contains("\"frames\" : 1", "\"missing\" : 3", "\"malformed\" : 2");
  }

  @Test
  void changesWithTheFormatOfTheFrames() throws Exception {
    work();
    awaitReady();
    give(frame(0));
    FrameHeader mono = new FrameHeader(List.of(4, 4), ElementType.UINT16, 1, 0, "t", Map.of());
    give(new Frame("t", mono, ByteBuffer.allocate(32)));
    give(frame(2));
    assertThat(result().header().shape()).containsExactly(3, HEIGHT, WIDTH / 2 + 1);
    assertThat(result().header().shape()).containsExactly(4, 3);
    assertThat(result().header().frame()).isEqualTo(2);
  }

  @Test
  void stopsWithinTwoSecondsWhileTheSinkTakesNothing() throws Exception {
    work();
    awaitReady();
    ZMQ.Socket tasks = ventilator;
    // More and larger results than all queues on the way hold.
    FrameHeader large =
        new FrameHeader(List.of(1024, 1024), ElementType.UINT8, 0, 0, "s", Map.of());
    Frame frame = new Frame("t", large, ByteBuffer.allocate(1 << 20));
    sink.setRcvHWM(1);
    tasks.setSendTimeOut(500);
    int given = 0;
    while (Messages.send(tasks, frame)) {
      given++;
    }
    assertThat(given).isPositive();
    long start = System.nanoTime();
    stop.stop();
    assertThat(exit.join()).isIn(0, 3);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void deliversToASinkThatComesLater() throws Exception {
    String later = sink.getLastEndpoint();
    sink.close();
    String[] args = {"--connect", ventilator.getLastEndpoint(), "--results", later};
    new Thread(() -> exit.complete(new CommandLine(new FftCommand(stop)).execute(args))).start();
    give(frame(0));
    give(frame(1));
    await().during(Duration.ofMillis(300)).until(() -> !exit.isDone());
    sink = context.createSocket(SocketType.PULL);
    sink.setHandshakeIvl(1_000);
    sink.setLinger(0);
    sink.setReceiveTimeOut(PATIENCE_MS);
    assertThat(sink.bind(later)).isTrue();
    assertThat(result().header().frame()).isZero();
    assertThat(result().header().frame()).isEqualTo(1);
  }
}
