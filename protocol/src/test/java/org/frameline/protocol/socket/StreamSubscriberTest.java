package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.Samples;
import org.frameline.protocol.SequenceLedger;
import org.frameline.protocol.StartFrom;
import org.frameline.protocol.StreamMessage;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoThreadLeft.class)
@Timeout(30)
class StreamSubscriberTest {
  private static final Endpoint ANY = Endpoint.parse("tcp://127.0.0.1:*");

  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicBoolean wantsMore = new AtomicBoolean(true);
  private final AtomicBoolean ready = new AtomicBoolean();
  private final AtomicLong malformed = new AtomicLong();
  private final AtomicLong missing = new AtomicLong();
  private final List<Long> frames = new CopyOnWriteArrayList<>();
  private final List<StreamMessage.SeriesEnd> ends = new CopyOnWriteArrayList<>();
  private final SequenceLedger ledger = new SequenceLedger();
  private PlayedPublisher publisher = new PlayedPublisher(ANY, ANY);
  private Thread thread;

  private final class Listener implements StreamSubscriber.Listener {
    @Override
    public boolean frame(IncomingFrame frame) {
      ledger.observe(frame.header().stream(), frame.header().frame());
      missing.set(ledger.missing());
      frames.add(frame.header().frame());
      return true;
    }

    @Override
    public void seriesEnd(StreamMessage.SeriesEnd end) {
      ends.add(end);
    }

    @Override
    public boolean wantsMore() {
      return wantsMore.get();
    }
  }

  private void subscribe() {
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
  }

  private void listen(StreamSubscriber.Config config) {
    try (Sockets sockets = new Sockets();
        PollLoop loop = new PollLoop(sockets, stop::get);
        StreamSubscriber subscriber =
            new StreamSubscriber(sockets, loop, config, ledger, new Listener())) {
      loop.every(
          Duration.ofMillis(5),
          () -> {
            ready.set(subscriber.isReady());
            malformed.set(subscriber.malformed());
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

  private void makeReady() throws Exception {
    assertThat(List.of(publisher.subscription(), publisher.subscription()))
        .containsExactlyInAnyOrder("camera_frame", "subscriber/recorder-1");
    publisher.answerControlWith(ControlMessage.ok().with("ready", true));
    publisher.serveUntil(ready::get);
  }

  private void sendFrame(String topic, String stream, long number) {
    publisher.send(Samples.parts(Samples.frame(topic, stream, number)));
  }

  @Test
  void asksUntilThePublisherHasItsSubscription() throws Exception {
    subscribe();
    for (int i = 0; i < 3; i++) {
      ControlMessage question = publisher.question();
      assertThat(question.text("request")).contains("ready");
      assertThat(question.text("subscriber")).contains("recorder-1");
      assertThat(ready).isFalse();
      publisher.answer(ControlMessage.ok().with("ready", false));
    }
    makeReady();
    sendFrame("camera_frame", "s", 0);
    await().until(() -> frames.equals(List.of(0L)));
  }

  @Test
  void getsFramesWithoutAnyControlSocket() {
    subscribe();
    publisher.subscription();
    publisher.subscription();
    sendFrame("camera_frame", "s", 4);
    await().until(() -> frames.equals(List.of(4L)));
    assertThat(ready).isFalse();
  }

  @Test
  void asksAgainWhenAnAnswerIsLost() throws Exception {
    subscribe();
    publisher.subscription();
    publisher.subscription();
    // Read, but answered so late that the subscriber has given this question up several times.
    publisher.question();
    AtomicLong since = new AtomicLong(System.nanoTime());
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(() -> System.nanoTime() - since.get() > Duration.ofMillis(1_600).toNanos());
    publisher.answer(ControlMessage.ok().with("ready", true));
    // Questions that were given up may wait before the one that counts.
    for (int i = 0; i < 10 && !ready.get(); i++) {
      publisher.question();
      publisher.answer(ControlMessage.ok().with("ready", true));
    }
    await().untilTrue(ready);
  }

  @Test
  void countsWhatIsMalformedAndGoesOn() throws Exception {
    subscribe();
    makeReady();
    byte[] topic = "camera_frame".getBytes(StandardCharsets.UTF_8);
    publisher.send(List.of(topic));
    publisher.send(List.of(topic, new byte[0], new byte[0]));
    publisher.send(List.of(topic, "{}".getBytes(StandardCharsets.UTF_8), new byte[5]));
    publisher.send(List.of(topic, topic, topic, topic, topic, topic, topic));
    sendFrame("camera_frame", "s", 0);
    await().until(() -> frames.equals(List.of(0L)));
    await().until(() -> malformed.get() == 4);
  }

  @Test
  void survivesAnAnswerThatIsNoAnswer() throws Exception {
    subscribe();
    publisher.answerControlWith(new byte[] {0, 0, 0, '{', 0x7f, 0, 0, 0});
    publisher.serveUntil(() -> malformed.get() > 0);
    publisher.answerControlWith(
        ControlMessage.ok().with("ready", true).with("stream", "s").with("next_frame", -5));
    publisher.serveUntil(ready::get);
    publisher.subscription();
    publisher.subscription();
    sendFrame("camera_frame", "s", 3);
    await().until(() -> frames.equals(List.of(3L)));
    assertThat(missing).hasValue(0);
  }

  @Test
  void ignoresTopicsThatOnlyBeginAlike() throws Exception {
    subscribe();
    makeReady();
    sendFrame("camera_frame_2", "other", 0);
    sendFrame("subscriber/recorder-1", "other", 1);
    sendFrame("camera_frame", "s", 2);
    await().until(() -> !frames.isEmpty());
    assertThat(frames).containsExactly(2L);
    assertThat(malformed).hasValue(0);
  }

  @Test
  void knowsFromTheAnswerWhatItMissedBeforeItsFirstFrame() throws Exception {
    subscribe();
    publisher.subscription();
    publisher.subscription();
    publisher.answerControlWith(
        ControlMessage.ok().with("ready", true).with("stream", "s").with("next_frame", 2));
    publisher.serveUntil(ready::get);
    sendFrame("camera_frame", "s", 5);
    await().until(() -> missing.get() == 3);
  }

  @Test
  void leavesFramesInTheQueueWhileItWantsNone() throws Exception {
    wantsMore.set(false);
    subscribe();
    makeReady();
    sendFrame("camera_frame", "s", 0);
    publisher.send(Samples.parts(new StreamMessage.SeriesEnd("camera_frame", "s", 1)));
    // Two further questions: the loop has gone round meanwhile.
    for (int i = 0; i < 2; i++) {
      publisher.question();
      publisher.answer(ControlMessage.ok().with("ready", true));
    }
    assertThat(frames).isEmpty();
    wantsMore.set(true);
    await().until(() -> ends.size() == 1);
    assertThat(frames).containsExactly(0L);
  }

  @Test
  void tellsThePublisherThatTheEndHasArrived() throws Exception {
    subscribe();
    makeReady();
    publisher.send(Samples.parts(new StreamMessage.SeriesEnd("camera_frame", "s", 0)));
    assertThat(publisher.unsubscription()).isEqualTo("subscriber/recorder-1");
    await().until(() -> ends.size() == 1);
  }

  @Test
  void isReadyAgainAfterThePublisherWasRestarted() throws Exception {
    subscribe();
    makeReady();
    sendFrame("camera_frame", "before", 0);
    await().until(() -> frames.size() == 1);
    Endpoint framesAt = publisher.framesAt();
    Endpoint controlAt = publisher.controlAt();
    publisher.close();
    publisher = new PlayedPublisher(framesAt, controlAt);
    publisher.answerControlWith(ControlMessage.ok().with("ready", false));
    publisher.serveUntil(() -> !ready.get());
    makeReady();
    sendFrame("camera_frame", "after", 0);
    await().until(() -> frames.equals(List.of(0L, 0L)));
    assertThat(missing).hasValue(0);
  }
}
