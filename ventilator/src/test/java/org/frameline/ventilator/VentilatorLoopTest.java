package org.frameline.ventilator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.ZMQ;

/** The ventilator between a publisher, workers and a sink that the test plays. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class VentilatorLoopTest {
  @TempDir Path folder;
  private RunningVentilator ventilator;

  @BeforeEach
  void nothingRunsYet() throws Exception {
    ventilator = new RunningVentilator(folder);
  }

  @AfterEach
  void endAll() {
    ventilator.close();
  }

  @Test
  void subscribesOnlyWhenEnoughWorkersAreReady() throws Exception {
    ZMQ.Socket first = ventilator.worker("w1");
    ventilator.start("--workers", "2");
    await().until(() -> ventilator.neighbours.questions.size() > 5);
    assertThat(ventilator.neighbours.last("hello").count("window")).contains(64L);
    RunningVentilator.requireQuiet(ventilator.publisher);
    ZMQ.Socket second = ventilator.worker("w2");
    ventilator.awaitSubscription();
    ventilator.publish(0);
    ventilator.publish(1);
    assertThat(List.of(RunningVentilator.receive(first), RunningVentilator.receive(second)))
        .extracting(message -> ((Frame) message).header().frame())
        .containsExactlyInAnyOrder(0L, 1L);
  }

  /** A sink drops results of streams that nobody told it of. */
  @Test
  void dealsOutNothingThatTheSinkHasNotBeenToldOf() throws Exception {
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.neighbours.tells.set(false);
    ventilator.start("--window", "3");
    ventilator.awaitSubscription();
    ventilator.publish(2);
    await().until(() -> !DealtStream.of(ventilator.neighbours.last("progress")).isEmpty());
    assertThat(DealtStream.of(ventilator.neighbours.last("progress")))
        .containsExactly(new DealtStream("s", 2, 2, 2 + 1 + 2 * 3, false));
    RunningVentilator.requireQuiet(worker);
    ventilator.neighbours.tells.set(true);
    RunningVentilator.requireFrames(worker, 2, 3);
    // A gap that is larger than what the sink was told of.
    ventilator.publish(1_000);
    RunningVentilator.requireFrames(worker, 1_000, 1_001);
    assertThat(DealtStream.of(ventilator.neighbours.last("progress")).get(0).to())
        .isEqualTo(1_000 + 1 + 2 * 3);
    ventilator.neighbours.receivedAbove.addAll(List.of(2L, 1_000L));
    ventilator.publishEnd(1_001);
    RunningVentilator.awaitEnd(worker);
    assertThat(DealtStream.of(ventilator.neighbours.last("end")).get(0).to()).isEqualTo(1_001);
  }

  @Test
  void saysHelloAgainToASinkThatListensToAnotherOne() throws Exception {
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.start();
    ventilator.awaitSubscription();
    ventilator.publish(0);
    RunningVentilator.requireFrames(worker, 0, 1);
    String token = ventilator.neighbours.last("hello").text("token").orElseThrow();
    assertThat(token).hasSizeGreaterThan(30);
    assertThat(ventilator.neighbours.last("progress").text("token")).contains(token);
    ventilator.neighbours.refuses.set(true);
    await()
        .until(
            () -> {
              int last = ventilator.neighbours.questions.size() - 1;
              ControlMessage question = ventilator.neighbours.questions.get(last);
              return question.text("request").orElse("").equals("hello")
                  && question.text("token").orElse("").equals(token);
            });
    ventilator.neighbours.refuses.set(false);
    ventilator.publish(1);
    RunningVentilator.requireFrames(worker, 1, 2);
  }

  @Test
  void keepsNoMoreUnderWayThanItsWindow() throws Exception {
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.start("--window", "5");
    ventilator.awaitSubscription();
    for (int n = 0; n < 20; n++) {
      ventilator.publish(n);
    }
    RunningVentilator.requireFrames(worker, 0, 5);
    RunningVentilator.requireQuiet(worker);
    ventilator.neighbours.received.addAndGet(3);
    RunningVentilator.requireFrames(worker, 5, 8);
    assertThat(ventilator.neighbours.last("progress").count("dispatched").orElseThrow())
        .isLessThanOrEqualTo(8);
  }

  @Test
  void runsAheadOfAFrameThatIsLateOnlyWhereNoOrderIsKept() throws Exception {
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.start("--window", "4");
    ventilator.awaitSubscription();
    for (int n = 0; n < 12; n++) {
      ventilator.publish(n);
    }
    RunningVentilator.requireFrames(worker, 0, 4);
    // All but frame 0.
    ventilator.neighbours.receivedAbove.addAll(List.of(1L, 2L, 3L));
    assertThat(RunningVentilator.awaitFrame(worker, 6)).contains(4L, 5L, 6L).doesNotContain(7L);
    ventilator.neighbours.ordered.set(true);
    await()
        .until(() -> ventilator.neighbours.last("progress").count("dispatched").orElseThrow() == 7);
    ventilator.neighbours.receivedAbove.addAll(List.of(4L, 5L));
    assertThat(RunningVentilator.awaitFrame(worker, 0)).as("again").doesNotContain(7L);
    assertThat(ventilator.neighbours.last("progress").count("dispatched")).contains(7L);
    ventilator.neighbours.received.set(7);
    assertThat(RunningVentilator.awaitFrame(worker, 10)).contains(7L, 8L, 9L, 10L);
  }

  /** As when the network is gone: nobody knows what the publisher has sent meanwhile. */
  @Test
  void saysThatItWasStoppedWhileNothingCameFromItsPublisher() throws Exception {
    ventilator.worker("w1");
    ventilator.start();
    ventilator.awaitSubscription();
    ventilator.neighbours.received.set(1);
    ventilator.publish(0);
    await().until(() -> ventilator.neighbours.saidReady.get() > 1);
    ventilator.neighbours.publisherIsGone.set(true);
    await().atMost(20, TimeUnit.SECONDS).until(() -> ventilator.silentMs() > 5_000);
    ventilator.stop();
    assertThat(ventilator.exitCode()).isEqualTo(3);
    assertThat(ventilator.report()).contains("\"missing\" : 0", "\"undelivered\" : 0");
  }

  @Test
  void sendsEveryWorkerHomeOnceTheSinkHasEverything() throws Exception {
    ZMQ.Socket first = ventilator.worker("w1");
    ZMQ.Socket second = ventilator.worker("w2");
    ventilator.start("--workers", "2");
    ventilator.awaitSubscription();
    for (int n = 0; n < 6; n++) {
      ventilator.publish(n);
    }
    ventilator.publishEnd(6);
    RunningVentilator.requireFramesBetweenThem(6, first, second);
    ventilator.neighbours.received.set(5);
    await()
        .until(
            () ->
                ventilator.neighbours.questions.stream()
                    .anyMatch(q -> q.count("published").isPresent()));
    assertThat(ventilator.neighbours.questions)
        .noneMatch(question -> question.text("request").orElse("").equals("goodbye"));
    ventilator.neighbours.received.set(6);
    assertThat(RunningVentilator.awaitEnd(first).frames()).isEqualTo(6);
    assertThat(RunningVentilator.awaitEnd(second).frames()).isEqualTo(6);
    ventilator.neighbours.workers.clear();
    assertThat(ventilator.exitCode()).isZero();
    assertThat(ventilator.neighbours.last("end").text("stream")).contains("s");
    assertThat(ventilator.neighbours.last("end").count("first")).contains(0L);
    assertThat(ventilator.neighbours.last("end").count("published")).contains(6L);
    assertThat(ventilator.neighbours.last("goodbye").count("dispatched")).contains(6L);
    assertThat(ventilator.report())
        .contains("\"frames\" : 6", "\"missing\" : 0", "\"undelivered\" : 0");
  }

  @Test
  void countsWhatItDidNotGetAndGoesOnAfterGarbage() throws Exception {
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.start();
    ventilator.awaitSubscription();
    ventilator.publish(0);
    ventilator.publisher.send("camera_frame");
    ventilator.publisher.sendMore("camera_frame");
    ventilator.publisher.sendMore("{\"htype\":\"array-1.0\"}");
    ventilator.publisher.send(new byte[] {0, 1});
    ventilator.publish(0);
    ventilator.publish(4);
    ventilator.publishEnd(6);
    RunningVentilator.requireFrames(worker, 0, 1);
    RunningVentilator.requireFrames(worker, 4, 5);
    ventilator.neighbours.received.set(5);
    RunningVentilator.awaitEnd(worker);
    ventilator.neighbours.workers.clear();
    assertThat(ventilator.exitCode()).isEqualTo(3);
    assertThat(ventilator.report())
        .contains("\"missing\" : 4", "\"duplicate\" : 1", "\"malformed\" : 2", "\"frames\" : 2");
  }

  @Test
  void endsWithoutALossWhenTheSinkHasAllItWants() throws Exception {
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.start();
    ventilator.awaitSubscription();
    for (int n = 0; n < 5; n++) {
      ventilator.publish(n);
    }
    RunningVentilator.requireFrames(worker, 0, 5);
    // Two of the five are still on their way, and nobody wants them.
    ventilator.neighbours.received.set(3);
    ventilator.neighbours.finished.set(true);
    RunningVentilator.awaitEnd(worker);
    ventilator.neighbours.workers.clear();
    assertThat(ventilator.exitCode()).isZero();
  }

  @Test
  void stopsAtOnceInEveryWait() throws Exception {
    ventilator.start();
    await().until(() -> !ventilator.neighbours.questions.isEmpty());
    long start = System.nanoTime();
    ventilator.stop();
    assertThat(ventilator.exitCode()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void stopsAtOnceWhileNoWorkerTakesATask() throws Exception {
    ventilator.neighbours.workers.add("a worker that never connects");
    ventilator.start();
    ventilator.awaitSubscription();
    ventilator.publish(0);
    ventilator.publish(1);
    await().until(() -> ventilator.neighbours.questions.size() > 10);
    long start = System.nanoTime();
    ventilator.stop();
    assertThat(ventilator.exitCode()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }
}
