package org.frameline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.frameline.protocol.socket.Messages;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import picocli.CommandLine;

/** A worker between a ventilator and a sink that the test plays. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
abstract class WorkerInTheMiddle {
  static final int PATIENCE_MS = 10_000;
  static final int HEIGHT = 5;
  static final int WIDTH = 6;

  @TempDir Path folder;
  final ZContext context = new ZContext();
  final StopSignal stop = new StopSignal();
  final CompletableFuture<Integer> exit = new CompletableFuture<>();
  ZMQ.Socket ventilator;
  ZMQ.Socket sink;

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

  void work(String... options) {
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

  String report() throws Exception {
    return Files.readString(folder.resolve("report.json"), StandardCharsets.UTF_8);
  }

  static Frame frame(long number) {
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

  void give(StreamMessage message) {
    assertThat(Messages.send(ventilator, message)).isTrue();
  }

  StreamMessage next() throws Exception {
    List<byte[]> parts = Messages.await(sink);
    assertThat(parts).as("a message of the worker").isNotNull();
    return MessageCodec.decode(parts);
  }

  /** The next result; notices before it are passed over. */
  Frame result() throws Exception {
    StreamMessage message = next();
    while (message instanceof WorkerNotice) {
      message = next();
    }
    return (Frame) message;
  }

  void awaitReady() throws Exception {
    assertThat(((WorkerNotice) next()).state()).isEqualTo(WorkerNotice.State.READY);
  }
}
