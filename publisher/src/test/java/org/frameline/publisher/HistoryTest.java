package org.frameline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.stream.LongStream;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.Reference;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.protocol.ring.RingDirectory;
import org.frameline.protocol.ring.RingReader;
import org.frameline.protocol.socket.Messages;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** The history of a running publisher, asked over its socket. */
@ExtendWith(NoThreadLeft.class)
@Timeout(90)
class HistoryTest {
  /** Frames of 64 x 48 bytes in 3,136 bytes each, and 4 KiB at the head of the ring. */
  private static final String TEN_FRAMES = "36000B";

  private static final String[] SMALL = {
    "--source", "synthetic:ramp", "--format", "Mono8", "--size", "64x48", "--history", TEN_FRAMES
  };

  private record Answer(ControlMessage said, List<Frame> frames) {}

  private static Running publish(String... more) {
    List<String> options = new ArrayList<>(List.of(SMALL));
    options.addAll(List.of(more));
    return new Running(options.toArray(String[]::new));
  }

  private static Answer ask(Running publisher, ControlMessage question) throws Exception {
    String endpoint = publisher.ask("status").text("history").orElseThrow();
    ZMQ.Socket socket = publisher.connect(SocketType.REQ, endpoint);
    socket.send(question.encode());
    List<byte[]> parts = new ArrayList<>();
    do {
      parts.add(socket.recv());
    } while (socket.hasReceiveMore());
    socket.close();
    List<Frame> frames = new ArrayList<>();
    for (int i = 1; i < parts.size(); i += MessageCodec.PARTS) {
      frames.add((Frame) MessageCodec.decode(parts.subList(i, i + MessageCodec.PARTS)));
    }
    return new Answer(ControlMessage.decode(parts.get(0)), frames);
  }

  private static ControlMessage frames(String stream, long first, long count) {
    return ControlMessage.request("frames")
        .with("stream", stream)
        .with("first", first)
        .with("count", count);
  }

  private static String stream(Running publisher) throws Exception {
    return publisher.ask("status").text("stream").orElseThrow();
  }

  @Test
  void hasTheLastFramesWithTheirPixels() throws Exception {
    try (Running publisher = publish("--fps", "200", "--frames", "25", "--wait-for", "1")) {
      ZMQ.Socket reader = publisher.subscribe("camera_frame", "reader");
      await().atMost(Duration.ofSeconds(20)).until(() -> publisher.published() == 25);
      assertThat(publisher.ask("status").count("oldest_frame")).contains(15L);
      Answer answer = ask(publisher, frames(stream(publisher), 17, 3));
      assertThat(answer.said().count("first")).contains(17L);
      assertThat(answer.said().count("next_frame")).contains(25L);
      assertThat(answer.frames())
          .extracting(frame -> frame.header().frame())
          .containsExactly(17L, 18L, 19L);
      for (Frame frame : answer.frames()) {
        long n = frame.header().frame();
        assertThat(frame.payload().get(64 * 3 + 5)).isEqualTo((byte) (3 + 5 + n));
      }
      // What is gone is left out, more than eight are not brought at once.
      answer = ask(publisher, frames(stream(publisher), 0, 100));
      assertThat(answer.said().count("first")).contains(15L);
      assertThat(answer.frames()).hasSize(8);
      answer = ask(publisher, frames(stream(publisher), 24, 8));
      assertThat(answer.frames()).hasSize(1);
      answer = ask(publisher, frames(stream(publisher), 25, 8));
      assertThat(answer.said().isOk()).isTrue();
      assertThat(answer.said().count("first")).contains(25L);
      assertThat(answer.frames()).isEmpty();
      reader.close();
      assertThat(publisher.exitCode()).isZero();
    }
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws Exception {
    try (Running publisher = publish("--wait-for", "1")) {
      Answer answer = ask(publisher, frames("another", 0, 1));
      assertThat(answer.said().isOk()).isFalse();
      assertThat(answer.said().text("error").orElseThrow()).contains("stream: expected");
      assertThat(answer.said().text("stream")).contains(stream(publisher));
      answer = ask(publisher, ControlMessage.request("dance"));
      assertThat(answer.said().text("error"))
          .contains("request: expected frames or taken, found \"dance\"");
      for (String key : List.of("first", "count", "taken")) {
        for (Object value : new Object[] {-1, "0", 1.5, 1L << 53, List.of(0)}) {
          answer = ask(publisher, frames(stream(publisher), 0, 1).with(key, value));
          assertThat(answer.said().text("error").orElseThrow())
              .isEqualTo(key + ": expected a number from 0 to 9007199254740991, found " + value);
        }
      }
    }
  }

  @Test
  void overwritesNothingThatALosslessSubscriberHasNotTaken() throws Exception {
    try (Running publisher =
        publish("--fps", "max", "--lossless", "--frames", "40", "--wait-for", "2")) {
      ZMQ.Socket live = publisher.subscribe("camera_frame", "live");
      ZMQ.Socket keeper = publisher.subscribe("nothing", "keeper");
      ControlMessage ready =
          ControlMessage.request("ready").with("subscriber", "keeper").with("keep", true);
      assertThat(publisher.ask(ready).isTrue("ready")).isTrue();
      long first = publisher.published();
      // Frames may have been published between the two, which it is told to be without.
      tellTaken(publisher, first);
      for (long taken = first; taken + 10 < 40; taken += 5) {
        long holds = taken;
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> publisher.published() >= Math.min(40, holds + 9));
        Answer answer = ask(publisher, frames(stream(publisher), taken, 1));
        assertThat(answer.said().count("first")).as("the frame it waits for").contains(taken);
        tellTaken(publisher, taken + 5);
      }
      keeper.close();
      live.close();
      assertThat(publisher.exitCode()).isZero();
    }
  }

  private static void tellTaken(Running publisher, long next) throws Exception {
    ControlMessage said =
        ControlMessage.request("taken")
            .with("stream", stream(publisher))
            .with("subscriber", "keeper")
            .with("taken", next);
    assertThat(ask(publisher, said).said().isOk()).isTrue();
  }

  @Test
  void saysSoWhenTheHistoryIsTooSmallForTwoFrames() {
    StringWriter err = new StringWriter();
    int code = Running.execute(new StopSignal(), err, "--size", "64x48", "--history", "10kB");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString().lines().findFirst().orElseThrow())
        .isEqualTo(
            "frameline: --history: expected room for 2 frames of 9,216 bytes or more, found 10,000"
                + " bytes");
  }

  @Test
  void takesAnotherPortWhenTheUsualOneIsTaken() throws Exception {
    try (ServerSocket usual = tryUsualPort()) {
      try (Running publisher = Running.withHistoryAnywhere("--wait-for", "1")) {
        String endpoint = publisher.ask("status").text("history").orElseThrow();
        assertThat(endpoint).startsWith("tcp://127.0.0.1:").doesNotEndWith(":5557");
        assertThat(ask(publisher, frames(stream(publisher), 0, 1)).said().isOk()).isTrue();
      }
      assertThat(usual.isBound()).isTrue();
    }
  }

  /** Taken by this test, or by whoever else uses it on this machine right now. */
  private static ServerSocket tryUsualPort() throws Exception {
    try {
      return new ServerSocket(5557, 1, InetAddress.getLoopbackAddress());
    } catch (java.net.BindException e) {
      return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
  }

  @Test
  void leavesNoRingBehind() throws Exception {
    Path ring;
    try (Running publisher = publish("--wait-for", "1")) {
      ring = RingDirectory.find().path().resolve("frameline-" + stream(publisher) + ".ring");
      byte[] magic = new byte[8];
      try (var file = Files.newInputStream(ring)) {
        assertThat(file.readNBytes(magic, 0, 8)).isEqualTo(8);
      }
      assertThat(new String(magic, StandardCharsets.UTF_8)).isEqualTo("FLRING01");
    }
    assertThat(ring).doesNotExist();
  }

  @Test
  void anEndReachesWhoStillFetchesBeforeItLeaves() throws Exception {
    try (Running publisher = publish("--fps", "max", "--frames", "20", "--wait-for", "1")) {
      ZMQ.Socket reader = publisher.subscribe("camera_frame", "reader");
      long last = -1;
      await().atMost(Duration.ofSeconds(20)).until(() -> publisher.published() == 20);
      while (MessageCodec.decode(Messages.await(reader)) instanceof Frame frame) {
        last = frame.header().frame();
      }
      assertThat(last).isBetween(0L, 19L);
      assertThat(ask(publisher, frames(stream(publisher), 12, 8)).frames()).hasSize(8);
      assertThat(MessageCodec.decode(Messages.await(reader))).isInstanceOf(SeriesEnd.class);
      reader.close();
      assertThat(publisher.exitCode()).isZero();
    }
  }

  @Test
  void tellsOnlyWhereFramesAreToThoseWhoReadTheRing() throws Exception {
    try (Running publisher =
        new Running(
            "--source",
            "synthetic:ramp",
            "--format",
            "Mono8",
            "--size",
            "64x48",
            "--fps",
            "50",
            "--wait-for",
            "1",
            "--history",
            "16MiB")) {
      ControlMessage status = publisher.ask("status");
      RingReader ring =
          RingReader.open(
              Path.of(status.text("ring").orElseThrow()), status.text("stream").orElseThrow());
      ZMQ.Socket all = publisher.subscribe("", "all");
      ZMQ.Socket references = publisher.listen("ring/camera_frame");
      ByteBuffer pixels = ByteBuffer.allocate(64 * 48);
      for (int i = 0; i < 20; i++) {
        Reference reference = (Reference) MessageCodec.decode(Messages.await(references));
        long n = reference.header().frame();
        assertThat(reference.topic()).isEqualTo("ring/camera_frame");
        assertThat(ring.read(n, pixels)).isTrue();
        assertThat(pixels.get(64 * 3 + 5)).isEqualTo((byte) (3 + 5 + n));
      }
      Frame inline = (Frame) MessageCodec.decode(Messages.await(all));
      assertThat(inline.topic()).isEqualTo("camera_frame");
      references.close();
      publisher.ask("stop");
      assertThat(publisher.exitCode()).isZero();
    }
  }

  @Test
  void tellsOfSeveralFramesTogetherWhenTheNextComeAtOnce() throws Exception {
    List<StreamMessage> messages = untilTheEnd("--fps", "max", "--lossless", "--frames", "3000");
    List<Integer> together =
        messages.stream().map(HistoryTest::headers).map(List::size).distinct().toList();
    assertThat(together).contains(4).allMatch(count -> count <= 4);
    assertThat(messages.stream().flatMap(message -> headers(message).stream()))
        .extracting(FrameHeader::frame)
        .containsExactlyElementsOf(LongStream.range(0, 3000).boxed().toList());
  }

  @Test
  void tellsOfEachFrameAtOnceWhenTheNextComesLater() throws Exception {
    List<StreamMessage> messages = untilTheEnd("--fps", "100", "--frames", "30");
    assertThat(messages).hasSize(30).allMatch(Reference.class::isInstance);
  }

  /** All that comes to one who takes several references in a message, before the end. */
  private static List<StreamMessage> untilTheEnd(String... options) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("--source", "synthetic:ramp", "--size", "8x8", "--wait-for", "1"));
    all.addAll(List.of(options));
    try (Running publisher = new Running(all.toArray(String[]::new))) {
      ZMQ.Socket together = publisher.subscribe("rings/camera_frame", "together");
      List<StreamMessage> messages = new ArrayList<>();
      StreamMessage message = Running.receive(together);
      while (!(message instanceof StreamMessage.SeriesEnd)) {
        assertThat(message.topic()).isEqualTo("rings/camera_frame");
        messages.add(message);
        message = Running.receive(together);
      }
      together.close();
      assertThat(publisher.exitCode()).isZero();
      return messages;
    }
  }

  private static List<FrameHeader> headers(StreamMessage message) {
    return message instanceof StreamMessage.References references
        ? references.headers()
        : List.of(((Reference) message).header());
  }
}
