package org.frameline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.frameline.program.StopSignal;
import org.frameline.program.command.Failures;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.Reference;
import org.frameline.protocol.StreamMessage.References;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.protocol.socket.Messages;
import org.frameline.testing.FreePorts;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import picocli.CommandLine;

/** A recorder on a thread of its own, and the publisher that the test plays. One thread. */
final class Played implements AutoCloseable {
  static final String TOPIC = "camera_frame";
  private static final int PATIENCE_MS = 10_000;
  private static final int FRAME_BYTES = 12;

  final ZMQ.Socket publisher;
  final ZMQ.Socket publisherControl;
  final String control;
  final StopSignal stop = new StopSignal();
  private final Path report;
  private final ZContext context = new ZContext();
  private final StringWriter err = new StringWriter();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  Played(Path folder, String... options) throws Exception {
    report = folder.resolve("report.json");
    publisher = bind(SocketType.XPUB);
    publisherControl = bind(SocketType.REP);
    control = FreePorts.endpoint();
    List<String> args =
        new ArrayList<>(
            List.of(
                "--connect", publisher.getLastEndpoint(),
                "--control", publisherControl.getLastEndpoint(),
                "--control-bind", control,
                "--report", report.toString()));
    args.addAll(List.of(options));
    exit.completeOnTimeout(-1, 40, TimeUnit.SECONDS);
    new Thread(() -> exit.complete(execute(args))).start();
  }

  private int execute(List<String> args) {
    Failures failures = new Failures();
    return new CommandLine(new RecordCommand(stop))
        .setErr(new PrintWriter(err, true))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .execute(args.toArray(String[]::new));
  }

  private ZMQ.Socket bind(SocketType type) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setHandshakeIvl(1_000);
    socket.setLinger(0);
    socket.setHWM(0);
    socket.setReceiveTimeOut(PATIENCE_MS);
    assertThat(socket.bind("tcp://127.0.0.1:*")).isTrue();
    return socket;
  }

  Played awaitSubscription() {
    for (int i = 0; i < 2; i++) {
      assertThat(publisher.recv()).as("a subscription").isNotNull();
    }
    return this;
  }

  /** Answers one question of the recorder: it is ready, and the stream is about to go on here. */
  void answerReady(String stream, long nextFrame) {
    answer(ready(stream, nextFrame));
  }

  /** As {@link #answerReady(String, long)}, with a ring, for which the recorder then subscribes. */
  void answerReady(String stream, long nextFrame, Path ring) {
    answer(ready(stream, nextFrame).with("ring", ring.toString()));
    assertThat(publisher.recv()).as("a subscription").isNotNull();
  }

  private static ControlMessage ready(String stream, long nextFrame) {
    return ControlMessage.ok()
        .with("ready", true)
        .with("stream", stream)
        .with("next_frame", nextFrame);
  }

  private void answer(ControlMessage answer) {
    assertThat(publisherControl.recv()).as("a question").isNotNull();
    publisherControl.send(answer.encode());
  }

  /** Frames of 3 x 4 pixels whose values are all the frame number. */
  Played publish(String stream, long... numbers) {
    for (long number : numbers) {
      byte[] pixels = new byte[FRAME_BYTES];
      Arrays.fill(pixels, (byte) number);
      FrameHeader header =
          new FrameHeader(
              List.of(3, 4),
              ElementType.UINT8,
              number,
              number,
              stream,
              Map.of(FrameHeader.PIXEL_FORMAT, "Mono8", FrameHeader.SOURCE, "played"));
      publish(new Frame(TOPIC, header, ByteBuffer.wrap(pixels)));
    }
    return this;
  }

  void publish(Frame frame) {
    Messages.send(publisher, frame);
  }

  /** Says that a frame is in the ring. */
  void publishReference(FrameHeader header) {
    Messages.send(publisher, new Reference(References.TOPIC + TOPIC, header));
  }

  /** Ends a stream whose frames were in a ring. */
  void publishEndOfReferences(String stream, long frames) {
    Messages.send(publisher, new SeriesEnd(References.TOPIC + TOPIC, stream, frames));
  }

  Played publishEnd(String stream, long frames) {
    Messages.send(publisher, new SeriesEnd(TOPIC, stream, frames));
    return this;
  }

  /** Asks the recorder's own control socket. */
  ControlMessage ask(byte[] question) throws MalformedMessageException {
    ZMQ.Socket socket = context.createSocket(SocketType.REQ);
    socket.setHandshakeIvl(1_000);
    socket.setLinger(0);
    socket.setReceiveTimeOut(PATIENCE_MS);
    socket.connect(control);
    socket.send(question);
    byte[] answer = socket.recv();
    socket.close();
    assertThat(answer).as("an answer").isNotNull();
    return ControlMessage.decode(answer);
  }

  ControlMessage ask(String request) throws MalformedMessageException {
    return ask(ControlMessage.request(request).encode());
  }

  int exitCode() {
    return exit.join();
  }

  String err() {
    return err.toString();
  }

  String report() throws Exception {
    return Files.readString(report, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    stop.stop();
    exit.join();
    context.close();
  }
}
