package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.Samples;
import org.frameline.protocol.SequenceLedger;
import org.frameline.protocol.StartFrom;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.ring.FrameRing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A subscriber and the ring of a publisher on the same machine. */
@Timeout(90)
class RingLinkTest {
  private static final int SLOTS = 4;

  @TempDir private Path directory;
  private final PlayedPublisher publisher =
      new PlayedPublisher(Endpoint.parse("tcp://127.0.0.1:*"), Endpoint.parse("tcp://127.0.0.1:*"));
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicBoolean ready = new AtomicBoolean();
  private final AtomicLong fromRing = new AtomicLong();

  /** Whether the listener takes one frame each 5 ms. */
  private final AtomicBoolean isSlow = new AtomicBoolean();

  private final SequenceLedger ledger = new SequenceLedger();
  private Thread thread;

  private final class Listener implements StreamSubscriber.Listener {
    private boolean isFull;

    @Override
    public boolean frame(IncomingFrame incoming) {
      return incoming.toFrame().map(frame -> take(frame, incoming.parts())).isPresent();
    }

    private boolean take(StreamMessage.Frame frame, List<byte[]> parts) {
      ledger.observe(frame.header().stream(), frame.header().frame());
      taken.add(frame.header().stream() + frame.header().frame() + "=" + frame.payload().get(0));
      isFull = isSlow.get();
      try {
        assertThat(parts.isEmpty() || MessageCodec.decode(parts).equals(frame)).isTrue();
      } catch (Exception | AssertionError e) {
        taken.add("parts that are another message: " + e);
      }
      return true;
    }

    @Override
    public void seriesEnd(StreamMessage.SeriesEnd end) {
      taken.add(end.stream() + " ended " + end.frames());
    }

    @Override
    public boolean wantsMore() {
      return !isFull;
    }
  }

  @BeforeEach
  void subscribe() {
    StreamSubscriber.Config config =
        new StreamSubscriber.Config(
            publisher.framesAt(),
            publisher.controlAt(),
            "camera_frame",
            "recorder-1",
            100,
            StartFrom.NOW);
    thread = new Thread(() -> listen(config), "subscriber");
    thread.start();
    assertThat(List.of(publisher.subscription(), publisher.subscription()))
        .containsExactly("camera_frame", "subscriber/recorder-1");
  }

  private void listen(StreamSubscriber.Config config) {
    Listener listener = new Listener();
    try (Sockets sockets = new Sockets();
        PollLoop loop = new PollLoop(sockets, stop::get);
        StreamSubscriber subscriber =
            new StreamSubscriber(sockets, loop, config, ledger, listener)) {
      loop.every(
          Duration.ofMillis(5),
          () -> {
            ready.set(subscriber.isReady());
            fromRing.set(subscriber.fromRing());
            listener.isFull = false;
          });
      loop.run();
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    stop.set(true);
    thread.join();
    publisher.close();
  }

  private void answerReady(String stream, long next, String ring) {
    answerReady(readyAnswer(stream, next, ring));
  }

  private void answerReady(String stream, long next, String ring, String history) {
    answerReady(readyAnswer(stream, next, ring).with("history", history));
  }

  private void answerReady(ControlMessage answer) {
    publisher.answerControlWith(answer);
    publisher.serveUntil(ready::get);
  }

  private static ControlMessage readyAnswer(String stream, long next, String ring) {
    return ControlMessage.ok()
        .with("ready", true)
        .with("stream", stream)
        .with("next_frame", next)
        .with("ring", ring);
  }

  private void awaitSwitch() {
    assertThat(publisher.awaitSubscription()).isEqualTo("rings/camera_frame");
  }

  private FrameRing ring(String stream) throws IOException {
    return FrameRing.create(
        directory, stream, (int) Samples.frame("t", stream, 0).header().payloadBytes(), SLOTS);
  }

  private static void write(FrameRing ring, long frame, int value) {
    ByteBuffer slot = ring.begin(frame);
    while (slot.hasRemaining()) {
      slot.put((byte) value);
    }
    ring.commit(frame);
  }

  private void sendReference(String stream, long number) {
    publisher.send(
        Samples.parts(
            new StreamMessage.Reference(
                "rings/camera_frame", Samples.frame("t", stream, number).header())));
  }

  private void sendInline(String stream, long number) {
    publisher.send(Samples.parts(Samples.frame("camera_frame", stream, number)));
  }

  private void awaitTaken(String... expected) {
    publisher.serveUntil(() -> taken.size() >= expected.length);
    assertThat(taken).containsExactly(expected);
  }

  @Test
  void readsPixelsOutOfTheRing() throws IOException {
    try (FrameRing ring = ring("s")) {
      answerReady("s", 0, ring.file().toString());
      awaitSwitch();
      write(ring, 0, 7);
      write(ring, 1, 8);
      sendReference("s", 0);
      sendReference("s", 1);
      publisher.send(Samples.parts(new StreamMessage.SeriesEnd("rings/camera_frame", "s", 2)));
      awaitTaken("s0=7", "s1=8", "s ended 2");
      assertThat(publisher.unsubscription()).isEqualTo("camera_frame");
      assertThat(fromRing).hasValue(2);
    }
  }

  private void sendTogether(String stream, long... numbers) {
    List<FrameHeader> headers =
        LongStream.of(numbers).mapToObj(n -> Samples.frame("t", stream, n).header()).toList();
    publisher.send(Samples.parts(new StreamMessage.References("rings/camera_frame", headers)));
  }

  @Test
  void takesSeveralReferencesOfOneMessageInTheirOrder() throws IOException {
    try (FrameRing ring = ring("s")) {
      answerReady("s", 0, ring.file().toString());
      awaitSwitch();
      for (int n = 0; n < 4; n++) {
        write(ring, n, n);
      }
      isSlow.set(true);
      sendTogether("s", 0, 1, 2);
      sendReference("s", 3);
      awaitTaken("s0=0", "s1=1", "s2=2", "s3=3");
      assertThat(ledger.missing()).isZero();
    }
  }

  @Test
  void whatIsGoneInTheMiddleOfAMessageIsFetchedBeforeTheRest() throws Exception {
    try (FrameRing ring = ring("s")) {
      answerReady("s", 0, ring.file().toString(), publisher.historyAt().toString());
      awaitSwitch();
      for (int n : new int[] {0, 2, 3}) {
        write(ring, n, n);
      }
      sendTogether("s", 0, 1, 2, 3);
      ControlMessage question = publisher.historyQuestion();
      assertThat(question.fields()).containsEntry("first", 1).containsEntry("count", 1);
      publisher.answerFrames("s", 1, 1);
      publisher.serveUntil(() -> taken.size() == 4);
      assertThat(taken.get(1)).startsWith("s1=");
      assertThat(taken).contains("s0=0", "s2=2", "s3=3").last().isEqualTo("s3=3");
      assertThat(ledger.missing()).isZero();
    }
  }

  @Test
  void aFrameThatComesTwiceIsOne() throws IOException {
    try (FrameRing ring = ring("s")) {
      answerReady("s", 0, ring.file().toString());
      awaitSwitch();
      for (int n = 0; n < 3; n++) {
        write(ring, n, 7);
        sendReference("s", n);
        sendReference("s", n);
      }
      publisher.serveUntil(() -> taken.contains("s2=7"));
      assertThat(taken).containsExactly("s0=7", "s1=7", "s2=7");
      assertThat(ledger.repeated()).isZero();
    }
  }

  @Test
  void whatIsUnderWayInlineAtTheChangeIsNotLost() throws IOException {
    try (FrameRing ring = ring("s")) {
      answerReady("s", 0, ring.file().toString());
      awaitSwitch();
      for (int n = 0; n < 4; n++) {
        write(ring, n, 7);
      }
      // As from a publisher to which the new subscription comes between frames 1 and 2.
      sendInline("s", 0);
      sendInline("s", 1);
      sendInline("s", 2);
      sendReference("s", 2);
      sendReference("s", 3);
      awaitTaken("s0=0", "s1=1", "s2=2", "s3=7");
      assertThat(ledger.missing()).isZero();
      assertThat(ledger.repeated()).isZero();
    }
  }

  @Test
  void whatThePublisherBeforeHasReferredToIsReadAfterTheNextOneHasCome() throws IOException {
    try (FrameRing before = ring("s");
        FrameRing after = ring("s2")) {
      answerReady("s", 0, before.file().toString());
      awaitSwitch();
      write(before, 0, 7);
      write(before, 1, 8);
      sendReference("s", 0);
      awaitTaken("s0=7");
      int answered = publisher.answered();
      answerReady("s2", 0, after.file().toString());
      // It asks again when it has the answer before.
      publisher.serveUntil(() -> publisher.answered() > answered + 1);
      write(after, 0, 9);
      sendReference("s", 1);
      sendReference("s2", 0);
      awaitTaken("s0=7", "s1=8", "s20=9");
    }
  }

  @Test
  void aFrameThatIsOverwrittenIsMissing() throws IOException {
    try (FrameRing ring = ring("s")) {
      answerReady("s", 0, ring.file().toString());
      awaitSwitch();
      for (int n = 0; n < SLOTS + 1; n++) {
        write(ring, n, n);
      }
      for (int n = 0; n < SLOTS + 1; n++) {
        sendReference("s", n);
      }
      awaitTaken("s1=1", "s2=2", "s3=3", "s4=4");
      assertThat(ledger.missing()).isEqualTo(1);
    }
  }

  @Test
  void pixelsComeInlineWhereThereIsNoRing() throws IOException {
    Path other = Files.writeString(directory.resolve("frameline-s.ring"), "no ring");
    answerReady("s", 0, other.toString());
    sendInline("s", 0);
    publisher.serveUntil(() -> taken.size() == 1);
    assertThat(taken.get(0)).startsWith("s0=");
    assertThat(fromRing).hasValue(0);
  }

  @Test
  void pixelsComeInlineAgainWhenANewPublisherHasNoRingForUs() throws IOException {
    try (FrameRing ring = ring("s")) {
      answerReady("s", 0, ring.file().toString());
      awaitSwitch();
      write(ring, 0, 7);
      sendReference("s", 0);
      awaitTaken("s0=7");
      assertThat(publisher.unsubscription()).isEqualTo("camera_frame");
      answerReady("s2", 0, directory.resolve("frameline-s2.ring").toString());
      assertThat(publisher.awaitSubscription()).isEqualTo("camera_frame");
      sendInline("s2", 0);
      publisher.serveUntil(() -> taken.size() == 2);
      assertThat(taken.get(1)).startsWith("s20=");
      assertThat(publisher.unsubscription()).isEqualTo("rings/camera_frame");
    }
  }
}
