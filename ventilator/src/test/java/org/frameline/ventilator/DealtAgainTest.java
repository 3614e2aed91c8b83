package org.frameline.ventilator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.socket.Messages;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.ZMQ;

/** What the ventilator does about frames that do not reach the sink at first. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class DealtAgainTest {
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
  void dealsOutAgainWhatAWorkerTookWithIt() throws Exception {
    ZMQ.Socket first = ventilator.worker("w1");
    ventilator.start();
    ventilator.awaitSubscription();
    ventilator.publish(0);
    ventilator.publish(1);
    RunningVentilator.requireFrames(first, 0, 2);
    ventilator.neighbours.received.set(1);
    ventilator.publish(2);
    ventilator.publish(3);
    RunningVentilator.requireFrames(first, 2, 4);
    first.close();
    ventilator.neighbours.workers.clear();
    ZMQ.Socket second = ventilator.worker("w2");
    assertThat(RunningVentilator.awaitFrames(second, 3)).containsExactlyInAnyOrder(1L, 2L, 3L);
    ventilator.neighbours.received.set(4);
    ventilator.publishEnd(4);
    RunningVentilator.awaitEnd(second);
    ventilator.neighbours.workers.clear();
    assertThat(ventilator.exitCode()).isZero();
    assertThat(ventilator.report())
        .contains("\"frames\" : 4", "\"acknowledged\" : 4", "\"undelivered\" : 0")
        .containsPattern("\"resent\" : [3-9]");
  }

  @Test
  void dealsOutAgainWhatAStuckWorkerHolds() throws Exception {
    ZMQ.Socket stuck = ventilator.worker("w1");
    ZMQ.Socket other = ventilator.worker("w2");
    ventilator.start("--workers", "2");
    ventilator.awaitSubscription();
    for (int n = 0; n < 6; n++) {
      ventilator.publish(n);
    }
    ventilator.publishEnd(6);
    // One of them takes its frames and never says a word again.
    List<Long> brought = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInSameThread()
        .until(
            () -> {
              Messages.receive(stuck);
              List<byte[]> parts = Messages.receive(other);
              if (parts != null && MessageCodec.decode(parts) instanceof Frame frame) {
                brought.add(frame.header().frame());
                ventilator.neighbours.receivedAbove.add(frame.header().frame());
              }
              return ventilator.neighbours.receivedAbove.size() == 6;
            });
    assertThat(brought).contains(0L, 1L, 2L, 3L, 4L, 5L);
    ventilator.neighbours.workers.clear();
    assertThat(ventilator.exitCode()).isZero();
  }

  @Test
  void givesUpOnFramesThatNobodyBringsBack() throws Exception {
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.start();
    ventilator.awaitSubscription();
    ventilator.publish(0);
    ventilator.publish(1);
    ventilator.publishEnd(2);
    RunningVentilator.requireFrames(worker, 0, 2);
    ventilator.neighbours.received.set(1);
    // Ten seconds without progress.
    worker.setReceiveTimeOut(20_000);
    RunningVentilator.awaitEnd(worker);
    ventilator.neighbours.workers.clear();
    assertThat(ventilator.exitCode()).isEqualTo(3);
    assertThat(ventilator.report())
        .contains("\"undelivered\" : 1", "\"acknowledged\" : 1")
        .containsPattern("\"not_acknowledged\" : \\{\\s*\"s\" : \\[ \\[ 1, 1 ] ]");
  }

  @Test
  void bringsToANewSinkWhatTheOldOneHadNotAcknowledged() throws Exception {
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.start("--window", "4");
    ventilator.awaitSubscription();
    for (int n = 0; n < 8; n++) {
      ventilator.publish(n);
    }
    RunningVentilator.requireFrames(worker, 0, 4);
    ventilator.neighbours.received.set(2);
    RunningVentilator.requireFrames(worker, 4, 6);
    ventilator.neighbours.sinkRun.set("sink-2");
    assertThat(RunningVentilator.awaitFrames(worker, 4)).containsExactlyInAnyOrder(2L, 3L, 4L, 5L);
    ventilator.neighbours.received.set(6);
    assertThat(RunningVentilator.awaitFrame(worker, 7)).contains(6L);
  }
}
