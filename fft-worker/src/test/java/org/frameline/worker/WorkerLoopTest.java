package org.frameline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.frameline.program.command.Failures;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.EpochClock;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.frameline.protocol.socket.Messages;
import org.frameline.testing.FreePorts;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import picocli.CommandLine;

/** What a worker does with the messages that come. */
class WorkerLoopTest extends WorkerInTheMiddle {
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

  @Test
  void isNotReadyBeforeTasksCanReachIt() throws Exception {
    String later = FreePorts.endpoint();
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
