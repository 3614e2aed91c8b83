package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.Samples;
import org.frameline.protocol.SequenceLedger;
import org.frameline.protocol.StartFrom;
import org.frameline.protocol.StreamMessage;
import org.frameline.testing.CutLink;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscriber and a publisher that the test plays, with a network between them that is cut. */
@ExtendWith(NoThreadLeft.class)
@Timeout(120)
class CutNetworkTest {
  private static final Endpoint ANY = Endpoint.parse("tcp://127.0.0.1:*");
  private static final int FRAMES = 60;

  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicBoolean ready = new AtomicBoolean();
  private final List<Long> taken = new CopyOnWriteArrayList<>();
  private final PlayedPublisher publisher = new PlayedPublisher(ANY, ANY);
  private final List<CutLink> links =
      List.of(link(publisher.framesAt()), link(publisher.controlAt()), link(publisher.historyAt()));
  private final Thread thread = new Thread(this::listen, "subscriber");

  private static CutLink link(Endpoint behind) {
    return new CutLink(Integer.parseInt(behind.port()));
  }

  private Endpoint front(int link) {
    return Endpoint.parse("tcp://127.0.0.1:" + links.get(link).port());
  }

  private void listen() {
    StreamSubscriber.Config config =
        new StreamSubscriber.Config(
            front(0), front(1), "camera_frame", "recorder-1", 1_000, StartFrom.NOW);
    StreamSubscriber.Listener listener =
        new StreamSubscriber.Listener() {
          @Override
          public boolean frame(IncomingFrame frame) {
            return taken.add(frame.header().frame());
          }

          @Override
          public void seriesEnd(StreamMessage.SeriesEnd end) {
            stop.set(true);
          }

          @Override
          public boolean wantsMore() {
            return true;
          }
        };
    try (Sockets sockets = new Sockets();
        PollLoop loop = new PollLoop(sockets, stop::get);
        StreamSubscriber subscriber =
            new StreamSubscriber(sockets, loop, config, new SequenceLedger(), listener)) {
      loop.every(Duration.ofMillis(5), () -> ready.set(subscriber.isReady()));
      loop.run();
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    stop.set(true);
    thread.join();
    publisher.close();
    links.forEach(CutLink::close);
  }

  /** Shorter and longer than a connection may be silent. */
  @ParameterizedTest
  @ValueSource(ints = {2, 12})
  void losesNothingThatTheHistoryHas(int seconds) throws Exception {
    thread.start();
    publisher.subscription();
    publisher.subscription();
    ControlMessage answer =
        ControlMessage.ok()
            .with("ready", true)
            .with("stream", "s")
            .with("state", "streaming")
            .with("history", front(2).toString());
    publisher.answerControlWith(answer.with("next_frame", 0));
    sendUpTo(10, 0);
    publisher.serveUntil(() -> taken.size() == 10 && ready.get());
    links.forEach(CutLink::cut);
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    sendUpTo(FRAMES / 2, 10);
    publisher.serveUntil(() -> System.nanoTime() > end);
    links.forEach(CutLink::restore);
    sendUpTo(FRAMES, FRAMES / 2);
    publisher.answerControlWith(answer.with("next_frame", FRAMES));
    while (taken.size() < FRAMES) {
      answerOne();
    }
    assertThat(taken).containsExactlyElementsOf(LongStream.range(0, FRAMES).boxed().toList());
  }

  private void sendUpTo(long end, long first) {
    for (long n = first; n < end; n++) {
      publisher.send(Samples.parts(Samples.frame("camera_frame", "s", n)));
    }
  }

  /** Whatever the subscriber asks next: it may have all without the history. */
  private void answerOne() throws Exception {
    ControlMessage question = publisher.historyQuestionUntil(() -> taken.size() == FRAMES);
    if (question != null) {
      long first = question.count("first").orElseThrow();
      long count = Math.min(question.count("count").orElseThrow(), FRAMES - first);
      publisher.answerFrames("s", first, LongStream.range(first, first + count).toArray());
    }
  }
}
