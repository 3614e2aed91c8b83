package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
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

/** What a subscriber fetches from the history of a publisher played by the test. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class CatchUpTest {
  private static final Endpoint ANY = Endpoint.parse("tcp://127.0.0.1:*");

  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicBoolean wantsMore = new AtomicBoolean(true);
  private final AtomicBoolean ready = new AtomicBoolean();
  private final AtomicLong missing = new AtomicLong();
  private final AtomicLong fetched = new AtomicLong();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final SequenceLedger ledger = new SequenceLedger();
  private final PlayedPublisher publisher = new PlayedPublisher(ANY, ANY);
  private Thread thread;

  private final class Listener implements StreamSubscriber.Listener {
    @Override
    public boolean frame(IncomingFrame frame) {
      SequenceLedger.Arrival arrival =
          ledger.observe(frame.header().stream(), frame.header().frame());
      missing.set(ledger.missing());
      assertThat(frame.parts()).hasSize(3);
      taken.add(
          frame.header().stream()
              + frame.header().frame()
              + (arrival.isRepeated() ? " again" : ""));
      return true;
    }

    @Override
    public void seriesEnd(StreamMessage.SeriesEnd end) {
      ledger.end(end.stream(), end.frames());
      missing.set(ledger.missing());
      taken.add(end.stream() + " ended " + end.frames());
    }

    @Override
    public boolean wantsMore() {
      return wantsMore.get();
    }
  }

  private void subscribe(String from) throws Exception {
    StreamSubscriber.Config config =
        new StreamSubscriber.Config(
            publisher.framesAt(),
            publisher.controlAt(),
            "camera_frame",
            "recorder-1",
            100,
            StartFrom.parse(from));
    thread = new Thread(() -> listen(config), "subscriber");
    thread.start();
    publisher.subscription();
    publisher.subscription();
  }

  private void listen(StreamSubscriber.Config config) {
    try (Sockets sockets = new Sockets();
        PollLoop loop = new PollLoop(sockets, stop::get);
        StreamSubscriber subscriber =
            new StreamSubscriber(sockets, loop, config, ledger, new Listener())) {
      loop.every(Duration.ofMillis(5), () -> ready.set(subscriber.isReady()));
      loop.run();
      fetched.set(subscriber.fetched());
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    stop.set(true);
    thread.join();
    publisher.close();
  }

  private void answerReady(String stream, long next) {
    answerReady(stream, next, "streaming");
  }

  private void answerReady(String stream, long next, String state) {
    answerReady(stream, next, state, publisher.historyAt());
  }

  private void answerReady(String stream, long next, String state, Endpoint history) {
    publisher.answerControlWith(
        ControlMessage.ok()
            .with("ready", true)
            .with("stream", stream)
            .with("next_frame", next)
            .with("state", state)
            .with("history", history.toString()));
    // What it is told comes by another connection than the frames.
    publisher.serveUntil(ready::get);
  }

  private void sendFrame(String stream, long number) {
    publisher.send(Samples.parts(Samples.frame("camera_frame", stream, number)));
  }

  private void sendEnd(String stream, long frames) {
    publisher.send(Samples.parts(new StreamMessage.SeriesEnd("camera_frame", stream, frames)));
  }

  private void awaitTaken(String... expected) {
    publisher.serveUntil(() -> taken.size() >= expected.length);
    assertThat(taken).containsExactly(expected);
  }

  private static String[] frames(String stream, long from, long to) {
    return LongStream.range(from, to).mapToObj(n -> stream + n).toArray(String[]::new);
  }

  @Test
  void fetchesAGapAndGoesOnInOrder() throws Exception {
    subscribe("now");
    answerReady("s", 0);
    sendFrame("s", 0);
    sendFrame("s", 3);
    sendFrame("s", 4);
    ControlMessage question = publisher.historyQuestion();
    assertThat(question.text("stream")).contains("s");
    assertThat(question.text("subscriber")).contains("recorder-1");
    assertThat(question.count("taken")).contains(1L);
    assertThat(question.count("first")).contains(1L);
    assertThat(question.count("count")).contains(2L);
    publisher.answerFrames("s", 1, 1, 2);
    awaitTaken(frames("s", 0, 5));
    assertThat(missing).hasValue(0);
  }

  @Test
  void asksForAFewAtATime() throws Exception {
    subscribe("now");
    answerReady("s", 0);
    sendFrame("s", 20);
    publisher.historyQuestion();
    publisher.answerFrames("s", 0, 0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(publisher.historyQuestion().count("first")).contains(8L);
    publisher.answerFrames("s", 8, 8, 9);
    assertThat(publisher.historyQuestion().count("first")).contains(10L);
    publisher.answerFrames("s", 10, LongStream.range(10, 18).toArray());
    assertThat(publisher.historyQuestion().count("count")).contains(2L);
    publisher.answerFrames("s", 18, 18, 19);
    awaitTaken(frames("s", 0, 21));
    stop.set(true);
    thread.join();
    assertThat(fetched).hasValue(20);
  }

  @Test
  void whatIsGoneIsMissingAndTheRestComes() throws Exception {
    subscribe("now");
    answerReady("s", 0);
    sendFrame("s", 6);
    publisher.historyQuestion();
    publisher.answerFrames("s", 3, 3, 4, 5);
    awaitTaken(frames("s", 3, 7));
    assertThat(missing).hasValue(3);
    sendFrame("s", 9);
    assertThat(publisher.historyQuestion().count("first")).contains(7L);
    publisher.answerFrames("s", 20);
    awaitTaken("s3", "s4", "s5", "s6", "s9");
    assertThat(missing).hasValue(5);
  }

  @Test
  void fetchesWhatWasMissedBeforeTheEnd() throws Exception {
    subscribe("now");
    answerReady("s", 0);
    sendFrame("s", 0);
    sendEnd("s", 3);
    publisher.historyQuestion();
    publisher.answerFrames("s", 1, 1, 2);
    awaitTaken("s0", "s1", "s2", "s ended 3");
    assertThat(missing).hasValue(0);
  }

  @Test
  void beginsLateWithTheFirstThatIsThere() throws Exception {
    subscribe("first");
    answerReady("s", 5);
    sendFrame("s", 5);
    assertThat(publisher.historyQuestion().count("first")).contains(0L);
    publisher.answerFrames("s", 2, 2, 3, 4);
    awaitTaken(frames("s", 2, 6));
    assertThat(missing).hasValue(0);
  }

  @Test
  void leavesOutTheFramesOfAFullHistoryThatAreAboutToGo() throws Exception {
    subscribe("first");
    answerReady("s", 26);
    sendFrame("s", 26);
    publisher.historyQuestion();
    publisher.answerFrames(
        ControlMessage.ok()
            .with("stream", "s")
            .with("first", 18)
            .with("next_frame", 26)
            .with("capacity", 8),
        "s",
        LongStream.range(18, 26).toArray());
    awaitTaken(frames("s", 19, 27));
    assertThat(missing).hasValue(0);
  }

  @Test
  void beginsLateWithTheFrameItWasTold() throws Exception {
    subscribe("2");
    answerReady("s", 4);
    sendFrame("s", 4);
    assertThat(publisher.historyQuestion().count("first")).contains(2L);
    publisher.answerFrames("s", 3, 3);
    awaitTaken("s3", "s4");
    assertThat(missing).hasValue(1);
  }

  @Test
  void takesAFrameThatWasSentBeforeThePublisherAnswered() throws Exception {
    subscribe("now");
    answerReady("s", 2);
    for (long n = 0; n < 4; n++) {
      sendFrame("s", n);
    }
    awaitTaken(frames("s", 0, 4));
    assertThat(missing).hasValue(0);
  }

  @Test
  void waitsForAFrameThatIsStillToCome() throws Exception {
    subscribe("6");
    answerReady("s", 4);
    for (long n = 4; n < 8; n++) {
      sendFrame("s", n);
    }
    awaitTaken("s6", "s7");
    assertThat(missing).hasValue(0);
  }

  @Test
  void fetchesWhatARestartedPublisherSentBeforeWeWereThereAgain() throws Exception {
    subscribe("now");
    answerReady("a", 0);
    sendFrame("a", 0);
    awaitTaken("a0");
    sendFrame("b", 2);
    assertThat(publisher.historyQuestion().text("stream")).contains("b");
    publisher.answerFrames("b", 0, 0, 1);
    awaitTaken("a0", "b0", "b1", "b2");
    assertThat(missing).hasValue(0);
  }

  @Test
  void waitsForTheHistoryOfItsPublisherWhereAnotherHasTakenTheEndpoint() throws Exception {
    try (PlayedPublisher stranger = new PlayedPublisher(ANY, ANY)) {
      subscribe("now");
      answerReady("a", 0, "streaming", stranger.historyAt());
      sendFrame("a", 0);
      awaitTaken("a0");
      sendFrame("b", 2);
      assertThat(stranger.historyQuestion().text("stream")).contains("b");
      stranger.answerFrames("x", 0);
      answerReady("b", 3);
      assertThat(publisher.historyQuestion().text("stream")).contains("b");
      publisher.answerFrames("b", 0, 0, 1);
      awaitTaken("a0", "b0", "b1", "b2");
      assertThat(missing).hasValue(0);
    }
  }

  @Test
  void givesUpWhatWentWithAPublisherThatWasRestarted() throws Exception {
    subscribe("now");
    answerReady("a", 0);
    sendFrame("a", 0);
    awaitTaken("a0");
    sendFrame("a", 3);
    publisher.historyQuestion();
    answerReady("b", 1);
    publisher.answerFrames("b", 0);
    sendFrame("b", 0);
    publisher.serveUntil(() -> taken.contains("b0"));
    assertThat(taken).startsWith("a0", "a3");
    assertThat(missing).hasValue(2);
  }

  @Test
  void findsWhatWasDroppedWhenNothingFollows() throws Exception {
    subscribe("now");
    answerReady("s", 0);
    sendFrame("s", 0);
    awaitTaken("s0");
    answerReady("s", 2);
    publisher.historyQuestion();
    publisher.answerFrames("s", 1, 1);
    awaitTaken("s0", "s1");
    answerReady("s", 2, "ended");
    awaitTaken("s0", "s1", "s ended 2");
  }

  /** As when the network is gone: nobody knows then whether the history is. */
  @Test
  void keepsAHoleOpenWhileNothingIsHeardOfThePublisher() throws Exception {
    subscribe("now");
    answerReady("s", 0);
    sendFrame("s", 0);
    awaitTaken("s0");
    sendFrame("s", 5);
    publisher.historyQuestion();
    long end = System.nanoTime() + Duration.ofSeconds(14).toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    publisher.answerFrames("s", 1, 1, 2, 3, 4);
    awaitTaken("s0", "s1", "s2", "s3", "s4", "s5");
    assertThat(missing).hasValue(0);
  }

  @Test
  void goesOnWithoutAHistoryThatDoesNotAnswer() throws Exception {
    subscribe("now");
    answerReady("s", 0);
    sendFrame("s", 2);
    sendFrame("s", 3);
    publisher.historyQuestion();
    awaitTaken("s2", "s3");
    assertThat(missing).hasValue(2);
  }

  @Test
  void keepsNoMoreThanOneAnswerWhileItsListenerWantsNone() throws Exception {
    subscribe("now");
    answerReady("s", 0);
    sendFrame("s", 0);
    awaitTaken("s0");
    wantsMore.set(false);
    sendFrame("s", 30);
    answerReady("s", 31);
    assertThat(taken).hasSize(1);
    wantsMore.set(true);
    List<Long> asked = new ArrayList<>();
    while (asked.isEmpty() || asked.get(asked.size() - 1) + 8 < 30) {
      long first = publisher.historyQuestion().count("first").orElseThrow();
      asked.add(first);
      publisher.answerFrames(
          "s", first, LongStream.range(first, Math.min(30, first + 8)).toArray());
    }
    awaitTaken(frames("s", 0, 31));
    assertThat(asked).containsExactly(1L, 9L, 17L, 25L);
  }
}
