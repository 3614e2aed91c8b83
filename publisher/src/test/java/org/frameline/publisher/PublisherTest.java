package org.frameline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.frameline.program.StopSignal;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.protocol.socket.Messages;
import org.frameline.testing.FreePorts;
import org.frameline.testing.NoThreadLeft;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** The whole publisher, started as from the command line, judged from its sockets. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class PublisherTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"RGB8,uint8", "Mono8,uint8", "Mono16,uint16"})
  void pythonGetsEveryFrameWithItsHeaderAndPixels(String format, String type) throws Exception {
    Path report = folder.resolve("report.json");
    try (Running publisher =
        new Running(
            "--source",
            "synthetic:ramp",
            "--format",
            format,
            "--size",
            "33x20",
            "--frames",
            "40",
            "--fps",
            "max",
            "--wait-for",
            "1",
            "--report",
            report.toString())) {
      String printed =
          Python.runScript(
              Path.of("src/test/python/ramp_subscriber.py"),
              publisher.frames,
              publisher.control,
              format,
              type);
      assertThat(printed).isEqualTo("40 frames right");
      assertThat(publisher.exitCode()).isZero();
      assertThat(publisher.err()).isEmpty();
    }
    JsonNode json = Running.json(report);
    assertThat(json.get("command").asText()).isEqualTo("publish");
    assertThat(json.get("frames").asInt()).isEqualTo(40);
    assertThat(json.get("missing").asInt()).isZero();
    assertThat(json.get("frames_per_second").asDouble()).isPositive();
    assertThat(json.get("latency_ms").get("p99").isNumber()).isTrue();
  }

  @Test
  void waitsForAsManySubscribersAsItWasTold() throws Exception {
    try (Running publisher =
        new Running(
            "--source", "synthetic:ramp", "--size", "8x8", "--frames", "2", "--wait-for", "2")) {
      ZMQ.Socket first = publisher.subscribe("camera_frame", "first");
      // Saying it twice, or without a subscription, is not a second subscriber.
      publisher.sayReady("first");
      assertThat(
              publisher
                  .ask(
                      org.frameline.protocol.ControlMessage.request("ready")
                          .with("subscriber", "ghost"))
                  .isTrue("ready"))
          .isFalse();
      assertThat(publisher.ask("status").text("state")).contains("waiting");
      assertThat(publisher.ask("status").texts("subscribers")).containsExactly("first");
      ZMQ.Socket second = publisher.subscribe("camera_frame", "second");
      for (ZMQ.Socket socket : List.of(first, second)) {
        for (int n = 0; n < 2; n++) {
          assertThat(((Frame) Running.receive(socket)).header().frame()).isEqualTo(n);
        }
        assertThat(((SeriesEnd) Running.receive(socket)).frames()).isEqualTo(2);
      }
      first.unsubscribe("subscriber/first");
      assertThat(publisher.isOver()).isFalse();
      second.unsubscribe("subscriber/second");
      assertThat(publisher.exitCode()).isZero();
    }
  }

  @Test
  void forgetsASubscriberThatWentAway() throws Exception {
    try (Running publisher =
        new Running("--source", "synthetic:ramp", "--size", "8x8", "--wait-for", "2")) {
      ZMQ.Socket socket = publisher.subscribe("camera_frame", "first");
      socket.close();
      await().until(() -> publisher.ask("status").texts("subscribers").isEmpty());
    }
  }

  @Test
  void startsEarlyWhenAskedTo() throws Exception {
    try (Running publisher =
        new Running(
            "--source", "synthetic:ramp", "--size", "8x8", "--frames", "3", "--wait-for", "5")) {
      assertThat(publisher.ask("status").text("state")).contains("waiting");
      assertThat(publisher.ask("start").isOk()).isTrue();
      assertThat(publisher.exitCode()).isZero();
    }
  }

  @Test
  void answersWhatItIsAsked() throws Exception {
    try (Running publisher =
        new Running(
            "--source",
            "synthetic:ramp",
            "--size",
            "8x6",
            "--format",
            "Mono16",
            "--topic",
            "cam2",
            "--wait-for",
            "1")) {
      assertThat(publisher.ask("describe").fields())
          .containsEntry("ok", true)
          .containsEntry("topic", "cam2")
          .containsEntry("shape", List.of(6, 8))
          .containsEntry("type", "uint16")
          .containsEntry("pixel_format", "Mono16")
          .containsEntry("source", "synthetic:ramp");
      assertThat(publisher.ask("snap").fields())
          .containsEntry("ok", false)
          .containsEntry("error", "there is no frame yet");
      assertThat(publisher.ask("dance").text("error").orElseThrow())
          .contains(
              "expected status, stop, describe, ready, leave, snap or start, found \"dance\"");
      assertThat(publisher.ask("status").count("published")).contains(0L);
      assertThat(publisher.ask("start").isOk()).isTrue();
      await().until(() -> publisher.ask("status").count("published").orElse(0L) > 2);
      ZMQ.Socket socket = publisher.connect(SocketType.REQ, publisher.control);
      socket.send("{\"request\":\"snap\"}");
      List<byte[]> parts = Messages.await(socket);
      assertThat(new String(parts.get(0), StandardCharsets.UTF_8)).isEqualTo("{\"ok\":true}");
      Frame snap = (Frame) MessageCodec.decode(parts.subList(1, 4));
      long n = snap.header().frame();
      assertThat(snap.header().shape()).containsExactly(6, 8);
      assertThat(snap.payload().getShort(2 * (3 * 8 + 5))).isEqualTo((short) (257 * (3 + 5 + n)));
      assertThat(publisher.ask("stop").isOk()).isTrue();
      assertThat(publisher.exitCode()).isZero();
    }
  }

  @Test
  void sendsUnderItsTopicAndNoOther() throws Exception {
    try (Running publisher =
        new Running(
            "--source",
            "synthetic:ramp",
            "--size",
            "8x8",
            "--frames",
            "2",
            "--topic",
            "cam2",
            "--wait-for",
            "1")) {
      ZMQ.Socket socket = publisher.subscribe("", "all");
      assertThat(Running.receive(socket).topic()).isEqualTo("cam2");
      assertThat(Running.receive(socket).topic()).isEqualTo("cam2");
      assertThat(Running.receive(socket)).isInstanceOf(SeriesEnd.class);
    }
  }

  @Test
  void survivesGarbageOnAllItsPorts() throws Exception {
    try (Running publisher =
        new Running(
            "--source", "synthetic:ramp", "--size", "8x8", "--frames", "5", "--wait-for", "1")) {
      publisher.ask("status");
      Garbage.pourOn(publisher.frames);
      Garbage.pourOn(publisher.control);
      for (byte[] junk : Garbage.messages()) {
        assertThat(publisher.ask(junk).isOk()).isFalse();
        ZMQ.Socket subscriber = publisher.connect(SocketType.XSUB, publisher.frames);
        subscriber.send(junk);
      }
      ZMQ.Socket manyParts = publisher.connect(SocketType.REQ, publisher.control);
      manyParts.sendMore("{\"request\":\"status\"}");
      for (int i = 0; i < 50; i++) {
        manyParts.sendMore("x");
      }
      manyParts.send("x");
      assertThat(manyParts.recvStr()).contains("\"ok\":true");
      ZMQ.Socket socket = publisher.subscribe("camera_frame", "reader");
      for (int n = 0; n < 5; n++) {
        assertThat(((Frame) Running.receive(socket)).header().frame()).isEqualTo(n);
      }
      assertThat(Running.receive(socket)).isInstanceOf(SeriesEnd.class);
      socket.close();
      assertThat(publisher.exitCode()).isZero();
    }
  }

  @Test
  void saysTheEndAgainUntilWhoIsSubscribedByNameHasLeft() throws Exception {
    try (Running publisher =
        new Running(
            "--source", "synthetic:ramp", "--size", "8x8", "--frames", "1", "--wait-for", "1")) {
      ZMQ.Socket socket = publisher.subscribe("camera_frame", "reader");
      assertThat(Running.receive(socket)).isInstanceOf(Frame.class);
      for (int i = 0; i < 3; i++) {
        assertThat(((SeriesEnd) Running.receive(socket)).frames()).isEqualTo(1);
      }
      assertThat(publisher.ask("status").text("state")).contains("ended");
      socket.unsubscribe("subscriber/reader");
      assertThat(publisher.exitCode()).isZero();
    }
  }

  @Test
  void stopsAtOnceWhileItWaitsForSubscribersOrForItsTurn() throws Exception {
    for (String[] options :
        List.of(
            new String[] {"--source", "synthetic:ramp", "--wait-for", "1"},
            new String[] {"--source", "synthetic:ramp", "--fps", "0.01"})) {
      try (Running publisher = new Running(options)) {
        publisher.ask("status");
        long start = System.nanoTime();
        publisher.stop();
        assertThat(publisher.exitCode()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isLessThan(Duration.ofMillis(1_500));
      }
    }
  }

  @Test
  void isNotFasterThanItWasAskedFor() throws Exception {
    Path report = folder.resolve("report.json");
    try (Running publisher =
        new Running(
            "--source",
            "synthetic:ramp",
            "--size",
            "64x48",
            "--fps",
            "100",
            "--frames",
            "100",
            "--report",
            report.toString())) {
      assertThat(publisher.exitCode()).isZero();
    }
    // How close a busy machine comes to it says nothing; PacerTest has a clock of its own.
    assertThat(Running.json(report).get("frames_per_second").asDouble()).isBetween(10.0, 101.0);
  }

  @ParameterizedTest
  @CsvSource({"--bind", "--control-bind"})
  void aPortInUseIsOneLineThatNamesTheOption(String option) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String endpoint = "tcp://127.0.0.1:" + taken.getLocalPort();
      String other = option.equals("--bind") ? "--control-bind" : "--bind";
      StringWriter err = new StringWriter();
      int code =
          Running.execute(new StopSignal(), err, option, endpoint, other, FreePorts.endpoint());
      assertThat(code).isEqualTo(1);
      assertThat(err.toString().lines())
          .containsExactly(
              "frameline: cannot bind "
                  + endpoint
                  + ": the address is in use; choose another with "
                  + option);
    }
  }

  @Test
  void everyHeaderCarriesTheSameStreamAndItsFormat() throws Exception {
    try (Running publisher =
        new Running(
            "--source", "synthetic:ramp", "--size", "8x8", "--frames", "3", "--wait-for", "1")) {
      ZMQ.Socket socket = publisher.subscribe("camera_frame", "reader");
      String stream = publisher.ask("status").text("stream").orElseThrow();
      long before = 0;
      for (int n = 0; n < 3; n++) {
        FrameHeader header = ((Frame) Running.receive(socket)).header();
        assertThat(header.stream()).isEqualTo(stream);
        assertThat(header.text(FrameHeader.PIXEL_FORMAT)).contains("RGB8");
        assertThat(header.text(FrameHeader.SOURCE)).contains("synthetic:ramp");
        assertThat(header.timestampNs()).isGreaterThan(before);
        before = header.timestampNs();
      }
    }
  }
}
