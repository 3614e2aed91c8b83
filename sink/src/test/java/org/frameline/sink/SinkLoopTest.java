package org.frameline.sink;

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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.frameline.program.StopSignal;
import org.frameline.program.command.Failures;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.ReceivedFrames;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.frameline.protocol.socket.Messages;
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

/** The sink between a ventilator and workers that the test plays. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class SinkLoopTest implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;

  @TempDir Path folder;
  private final ZContext context = new ZContext();
  private final StopSignal stop = new StopSignal();
  private final StringWriter err = new StringWriter();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private ZMQ.Socket worker;
  private ZMQ.Socket ventilator;

  private static String freeEndpoint() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "tcp://127.0.0.1:" + free.getLocalPort();
    }
  }

  private ZMQ.Socket connect(SocketType type, String endpoint) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setHandshakeIvl(1_000);
    socket.setLinger(0);
    socket.setReceiveTimeOut(PATIENCE_MS);
    socket.setSendTimeOut(PATIENCE_MS);
    assertThat(socket.connect(endpoint)).isTrue();
    return socket;
  }

  @BeforeEach
  void nothingRunsYet() {
    exit.completeOnTimeout(-1, 50, TimeUnit.SECONDS);
  }

  private void sink(String... options) throws Exception {
    String results = freeEndpoint();
    String handshake = freeEndpoint();
    List<String> args =
        new ArrayList<>(
            List.of("--bind", results, "--handshake", handshake, "--report", file("report.json")));
    args.addAll(List.of(options));
    CommandLine command = command();
    new Thread(() -> exit.complete(command.execute(args.toArray(String[]::new)))).start();
    worker = connect(SocketType.PUSH, results);
    ventilator = connect(SocketType.REQ, handshake);
  }

  private CommandLine command() {
    Failures failures = new Failures();
    return new CommandLine(new SinkCommand(stop))
        .setErr(new PrintWriter(err, true))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  @AfterEach
  void endAll() {
    stop.stop();
    exit.join();
    context.close();
  }

  @Override
  public void close() {
    endAll();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private int exitCode() {
    return exit.join();
  }

  private String report() throws Exception {
    return Files.readString(folder.resolve("report.json"), StandardCharsets.UTF_8);
  }

  private void send(StreamMessage message) {
    assertThat(Messages.send(worker, message)).isTrue();
  }

  private void sendResults(long... numbers) {
    for (long number : numbers) {
      send(Results.result(number));
    }
  }

  private ControlMessage ask(ControlMessage question) throws Exception {
    return ask(question.encode());
  }

  private ControlMessage ask(byte[] question) throws Exception {
    ventilator.send(question);
    byte[] answer = ventilator.recv();
    assertThat(answer).as("an answer").isNotNull();
    return ControlMessage.decode(answer);
  }

  private ControlMessage ask(String request) throws Exception {
    return ask(ControlMessage.request(request));
  }

  private static ControlMessage about(String request, String stream, long first) {
    return ControlMessage.request(request).with("stream", stream).with("first", first);
  }

  private static ControlMessage dealt(
      String request, String stream, long first, long from, boolean over) {
    return DealtStream.put(
        ControlMessage.request(request), List.of(new DealtStream(stream, first, from, over)));
  }

  private void awaitReceived(long frames) {
    await().pollInSameThread().until(() -> ask("status").count("received").orElseThrow() == frames);
  }

  /** All that a ventilator says at the end. */
  private void end(String stream, long first, long published) throws Exception {
    ask(about("end", stream, first).with("published", published));
    assertThat(ask("goodbye").isTrue("goodbye")).isTrue();
  }

  private List<String> entries(String name) throws Exception {
    Process python =
        new ProcessBuilder("/usr/bin/python3", "src/test/python/entries.py", file(name))
            .redirectErrorStream(true)
            .start();
    String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).as(printed).isZero();
    return printed.lines().toList();
  }

  @Test
  void writesWhatComesInAnyOrderOnceAndInOrder() throws Exception {
    sink("--out", file("spectra.h5"));
    ask(ControlMessage.request("hello").with("window", 8));
    ask(about("progress", "s", 0));
    sendResults(2, 0, 1, 1, 5, 3, 0, 4);
    awaitReceived(6);
    end("s", 0, 6);
    assertThat(exitCode()).isZero();
    assertThat(entries("spectra.h5"))
        .containsExactly("entry [0, 1, 2, 3, 4, 5] [] [2, 3] complex64 True");
    assertThat(report())
        .contains("\"frames\" : 6", "\"missing\" : 0", "\"duplicate\" : 2", "\"late\" : 0")
        .contains("\"w1\"", "\"p99\"", "\"timeline\"");
    assertThat(err.toString()).isEmpty();
  }

  /** h5dump names the filters; h5py compares the checksums of all that it reads. */
  @Test
  void theFileCanHaveChecksums() throws Exception {
    sink("--out", file("spectra.h5"), "--checksum", "fletcher32");
    ask(about("progress", "s", 0));
    sendResults(0, 1, 2);
    awaitReceived(3);
    end("s", 0, 4);
    assertThat(exitCode()).isEqualTo(3);
    assertThat(entries("spectra.h5"))
        .containsExactly("entry [0, 1, 2] [[3, 1]] [2, 3] complex64 True");
    Process h5dump =
        new ProcessBuilder("h5dump", "-pH", file("spectra.h5")).redirectErrorStream(true).start();
    String printed = new String(h5dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(h5dump.waitFor()).as(printed).isZero();
    assertThat(printed.split("CHECKSUM FLETCHER32", -1))
        .as("data, frame_number, timestamp_ns and missing in %s", printed)
        .hasSize(4 + 1);
  }

  @Test
  void listsWhatIsMissingBeforeBetweenAndAfter() throws Exception {
    sink("--out", file("spectra.h5"));
    ask(about("progress", "s", 10));
    sendResults(12, 11, 15);
    awaitReceived(3);
    end("s", 10, 18);
    assertThat(exitCode()).isEqualTo(3);
    assertThat(entries("spectra.h5"))
        .containsExactly("entry [11, 12, 15] [[10, 1], [13, 2], [16, 2]] [2, 3] complex64 True");
    assertThat(report()).contains("\"frames\" : 3", "\"missing\" : 5");
  }

  @Test
  void givesUpAFrameWhenItsWindowHasPassedAndNobodyWantsToWait() throws Exception {
    sink("--out", file("spectra.h5"), "--no-ordered");
    ask(ControlMessage.request("hello").with("window", 2));
    ask(about("progress", "s", 0));
    sendResults(1, 2, 3, 4, 0, 5);
    awaitReceived(6);
    end("s", 0, 6);
    assertThat(exitCode()).as("one is not in the file").isEqualTo(3);
    assertThat(entries("spectra.h5"))
        .containsExactly("entry [1, 2, 3, 4, 5] [[0, 1]] [2, 3] complex64 True");
    assertThat(report()).contains("\"late\" : 1");
  }

  @Test
  void waitsForAFrameUntilTheVentilatorHasSettledIt() throws Exception {
    sink("--out", file("spectra.h5"));
    ask(ControlMessage.request("hello").with("window", 4));
    assertThat(ask(dealt("progress", "s", 0, 0, false)).isTrue("ordered")).isTrue();
    sendResults(1, 2, 3, 4, 5, 0, 9, 8);
    awaitReceived(8);
    ask(dealt("progress", "s", 0, 7, false));
    sendResults(6);
    awaitReceived(9);
    end("s", 0, 10);
    assertThat(exitCode()).isEqualTo(3);
    assertThat(entries("spectra.h5"))
        .containsExactly("entry [0, 1, 2, 3, 4, 5, 8, 9] [[6, 2]] [2, 3] complex64 True");
    assertThat(report()).contains("\"late\" : 1", "\"missing\" : 1");
  }

  @Test
  void beginsTheNextStreamWhenTheVentilatorIsDoneWithTheOneBefore() throws Exception {
    sink("--out", file("spectra.h5"));
    ask(dealt("progress", "a", 0, 0, false));
    send(Results.result("a", 0, "w1"));
    send(Results.result("b", 0, "w1"));
    send(Results.result("b", 1, "w1"));
    send(Results.result("a", 2, "w1"));
    awaitReceived(4);
    ask(dealt("progress", "a", 0, 4, true));
    send(Results.result("b", 2, "w1"));
    awaitReceived(5);
    end("b", 0, 3);
    assertThat(exitCode()).isEqualTo(3);
    assertThat(entries("spectra.h5"))
        .containsExactly(
            "entry [0, 2] [[1, 1], [3, 1]] [2, 3] complex64 True",
            "entry_2 [0, 1, 2] [] [2, 3] complex64 True");
  }

  @Test
  void acknowledgesTheFramesThatItIsAskedAbout() throws Exception {
    sink();
    sendResults(0, 1, 2, 4, 5, 9);
    awaitReceived(6);
    assertThat(ReceivedFrames.in(ask(dealt("progress", "s", 0, 1, false))))
        .containsExactly(
            new ReceivedFrames("s", 3, List.of(new FrameSet.Run(4, 2), new FrameSet.Run(9, 1))));
    assertThat(ReceivedFrames.in(ask(about("end", "s", 0))))
        .as("a ventilator that asks as before")
        .containsExactly(
            new ReceivedFrames("s", 3, List.of(new FrameSet.Run(4, 2), new FrameSet.Run(9, 1))));
    assertThat(ReceivedFrames.in(ask("status"))).isEmpty();
  }

  /** What is written of one stream, as soon as the sink says that it has it for good. */
  private void awaitKept(String stream, long frame) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInSameThread()
        .until(
            () ->
                ReceivedFrames.in(ask(dealt("progress", stream, 0, 0, false))).get(0).kept()
                    >= frame);
  }

  @Test
  void keepsWhatItAcknowledgesAndGoesOnThereWhenItIsStartedAgain() throws Exception {
    sink("--out", file("spectra.h5"));
    sendResults(0, 1, 2, 4);
    awaitReceived(4);
    awaitKept("s", 3);
    assertThat(ReceivedFrames.in(ask(dealt("progress", "s", 0, 1, false))))
        .as("frame 4 waits for frame 3, so it is in memory alone")
        .containsExactly(new ReceivedFrames("s", 3, List.of(new FrameSet.Run(4, 1))).keptBelow(3));
    assertThat(entries("spectra.h5")).containsExactly("entry [0, 1, 2] [] [2, 3] complex64 True");
    Path killed = Files.copy(folder.resolve("spectra.h5"), folder.resolve("killed.h5"));
    stop.stop();
    exit.join();

    try (SinkLoopTest again = new SinkLoopTest()) {
      again.folder = folder;
      again.goesOnWhereTheFileEnds(killed);
    }
  }

  private void goesOnWhereTheFileEnds(Path file) throws Exception {
    sink("--out", file.toString(), "--append");
    assertThat(ask("hello").objects("resume").get(0).fields())
        .containsEntry("stream", "s")
        .containsEntry("frame", 3);
    assertThat(ReceivedFrames.in(ask(dealt("progress", "s", 0, 1, false))))
        .containsExactly(new ReceivedFrames("s", 3, List.of()).keptBelow(3));
    sendResults(2, 4, 3, 5, 4);
    awaitReceived(3);
    awaitKept("s", 6);
    end("s", 0, 7);
    assertThat(exitCode()).as("frame 6 is missing").isEqualTo(3);
    assertThat(entries("killed.h5"))
        .containsExactly(
            "entry [0, 1, 2] [] [2, 3] complex64 True",
            "entry_2 [3, 4, 5] [[6, 1]] [2, 3] complex64 True");
    assertThat(report())
        .contains("\"frames\" : 3", "\"resumed\" : 3", "\"missing\" : 1", "\"duplicate\" : 2");
  }

  @Test
  void forgetsAWorkerThatFallsSilent() throws Exception {
    sink();
    send(new WorkerNotice("worker", "w1", WorkerNotice.State.READY, Map.of()));
    await().pollInSameThread().until(() -> ask("hello").texts("workers").size() == 1);
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInSameThread()
        .until(() -> ask("hello").texts("workers").isEmpty());
  }

  @Test
  void keepsTheStreamsApartWhenAPublisherWasRestarted() throws Exception {
    sink("--out", file("spectra.h5"));
    ask(about("progress", "a", 0));
    send(Results.result("a", 0, "w1"));
    send(Results.result("b", 1, "w1"));
    send(Results.result("a", 2, "w1"));
    send(Results.result("b", 0, "w1"));
    send(Results.result("a", 1, "w1"));
    awaitReceived(5);
    end("b", 0, 3);
    assertThat(exitCode()).isEqualTo(3);
    assertThat(entries("spectra.h5"))
        .containsExactly(
            "entry [0, 1, 2] [] [2, 3] complex64 True",
            "entry_2 [0, 1] [[2, 1]] [2, 3] complex64 True");
    assertThat(report()).contains("\"missing\" : 1");
  }

  @Test
  void doesNotCallMissingWhatStandsInTheEntryBeforeAChangeOfShape() throws Exception {
    sink("--out", file("spectra.h5"));
    ask(about("progress", "s", 0));
    sendResults(0, 1);
    FrameHeader wide = new FrameHeader(List.of(1, 1), ElementType.COMPLEX64, 3, 5, "s", Map.of());
    ByteBuffer three =
        ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN).putFloat(3).putFloat(-2);
    send(new Frame("t", wide, three.flip()));
    awaitReceived(3);
    end("s", 0, 4);
    assertThat(exitCode()).isEqualTo(3);
    assertThat(entries("spectra.h5"))
        .containsExactly(
            "entry [0, 1] [] [2, 3] complex64 True", "entry_2 [3] [[2, 1]] [1, 1] complex64 True");
  }

  @Test
  void hasEnoughAfterAsManyFramesAsItWasTold() throws Exception {
    sink("--frames", "3");
    ask(about("progress", "s", 0));
    sendResults(0, 1);
    awaitReceived(2);
    assertThat(ask("status").isTrue("finished")).isFalse();
    sendResults(2, 3, 4);
    awaitReceived(3);
    assertThat(ask("status").isTrue("finished")).isTrue();
    ask("end");
    ask("goodbye");
    assertThat(exitCode()).isZero();
    assertThat(report()).contains("\"frames\" : 3", "\"missing\" : 0");
  }

  @Test
  void answersAQuestionForProgressWhenThereIsSome() throws Exception {
    sink();
    ask("hello");
    ask("progress");
    long start = System.nanoTime();
    assertThat(ask("progress").count("received")).contains(0L);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(90), Duration.ofMillis(600));
    sendResults(0);
    assertThat(ask("progress").count("received")).contains(1L);
  }

  @Test
  void tellsWhichWorkersAreReady() throws Exception {
    sink();
    send(new WorkerNotice("worker", "w1", WorkerNotice.State.READY, Map.of()));
    send(new WorkerNotice("worker", "w2", WorkerNotice.State.READY, Map.of()));
    await().pollInSameThread().until(() -> ask("hello").texts("workers").size() == 2);
    send(new WorkerNotice("worker", "w1", WorkerNotice.State.LEAVING, Map.of()));
    await().pollInSameThread().until(() -> ask("hello").texts("workers").equals(List.of("w2")));
  }

  @Test
  void survivesGarbageOnBothSockets() throws Exception {
    sink("--out", file("spectra.h5"));
    ask(about("progress", "s", 0));
    worker.send("just one part");
    worker.sendMore("t");
    worker.sendMore("{\"htype\":\"array-1.0\"}");
    worker.send(new byte[3]);
    for (String question :
        List.of(
            "",
            "[]",
            "{\"request\":5}",
            "{\"request\":\"dance\"}",
            "{\"request\":\"hello\",\"window\":-7}",
            "{\"request\":\"hello\",\"window\":99999999999}",
            "{\"request\":\"progress\",\"stream\":\"s\",\"first\":-5}",
            "{\"request\":\"progress\",\"stream\":\"x\",\"first\":9223372036854775807}",
            "{\"request\":\"progress\",\"stream\":null,\"first\":null}",
            "{\"request\":\"status\",\"more\":" + "[".repeat(9_000))) {
      ask(question.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(ask("dance").text("error").orElseThrow())
        .contains("expected status, stop, hello, progress, end or goodbye");
    sendResults(0, 1);
    awaitReceived(2);
    end("s", 0, 2);
    assertThat(exitCode()).isZero();
    assertThat(report()).contains("\"malformed\" : 2");
    assertThat(entries("spectra.h5")).containsExactly("entry [0, 1] [] [2, 3] complex64 True");
  }

  @Test
  void writesArraysWithAnyShapeAndAnyExtraKeys() throws Exception {
    sink("--out", file("spectra.h5"));
    Map<String, Object> strange = new LinkedHashMap<>();
    strange.put("nested", Map.of("a", List.of(1)));
    strange.put("nothing", null);
    strange.put("mixed", Arrays.asList(1, "x"));
    strange.put("NX_class", "NXevil");
    strange.put("", "no name");
    strange.put("a/b", "a slash");
    strange.put("worker", 5);
    strange.put("source", 5);
    long number = 0;
    for (ElementType type : ElementType.values()) {
      for (List<Integer> shape : List.of(List.of(1), List.of(1, 1, 1, 1, 1, 1, 1, 2))) {
        FrameHeader header = new FrameHeader(shape, type, number++, -5, "s", strange);
        send(new Frame("t", header, ByteBuffer.allocate((int) header.payloadBytes())));
      }
    }
    awaitReceived(number);
    end("s", 0, number);
    assertThat(exitCode()).isZero();
    assertThat(entries("spectra.h5")).hasSize((int) number);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void stopsAtOnceAndLeavesAFileThatOpens() throws Exception {
    sink("--out", file("spectra.h5"));
    ask(about("progress", "s", 0));
    sendResults(0, 1, 3);
    awaitReceived(3);
    long start = System.nanoTime();
    stop.stop();
    assertThat(exitCode()).isEqualTo(3);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(entries("spectra.h5"))
        .containsExactly("entry [0, 1, 3] [[2, 1]] [2, 3] complex64 True");
  }

  @Test
  void aPortInUseIsOneLineAndEndsAtOnce() throws Exception {
    exit.complete(0);
    for (String option : List.of("--bind", "--handshake")) {
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        String endpoint = "tcp://127.0.0.1:" + taken.getLocalPort();
        String other = option.equals("--bind") ? "--handshake" : "--bind";
        err.getBuffer().setLength(0);
        long start = System.nanoTime();
        assertThat(command().execute(option, endpoint, other, freeEndpoint())).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(450));
        assertThat(err.toString().lines())
            .containsExactly(
                "frameline: cannot bind "
                    + endpoint
                    + ": the address is in use; choose another with "
                    + option);
      }
    }
  }
}
