package org.frameline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.ZMQ;

/** The whole publisher, in front of a subscriber that does not read. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class SlowSubscriberTest {
  @Test
  void losesNothingWithASlowSubscriberWhenLossless() throws Exception {
    int frames = 600;
    try (Running publisher =
        new Running(
            "--source",
            "synthetic:ramp",
            "--format",
            "Mono8",
            "--size",
            "1024x1024",
            "--frames",
            "" + frames,
            "--fps",
            "max",
            "--lossless",
            "--wait-for",
            "1")) {
      ZMQ.Socket slow = publisher.subscribe("camera_frame", "slow");
      // Reads nothing until the publisher stands still because its queue is full.
      awaitStandstill(publisher);
      assertThat(publisher.ask("status").count("published").orElseThrow()).isLessThan(frames);
      for (int n = 0; n < frames; n++) {
        Frame frame = (Frame) Running.receive(slow);
        assertThat(frame.header().frame()).isEqualTo(n);
        assertThat(frame.payload().get(1_024 * 3 + 5)).isEqualTo((byte) (3 + 5 + n));
      }
      assertThat(((SeriesEnd) Running.receive(slow)).frames()).isEqualTo(frames);
      slow.close();
      assertThat(publisher.exitCode()).isZero();
    }
  }

  private static void awaitStandstill(Running publisher) {
    long[] before = {-1};
    await()
        .pollInterval(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              long now = publisher.published();
              boolean still = now == before[0] && now > 0;
              before[0] = now;
              return still;
            });
  }

  @Test
  void dropsForASlowSubscriberAndGoesOnAndTellsItTheEnd() throws Exception {
    int frames = 900;
    try (Running publisher =
        new Running(
            "--source",
            "synthetic:ramp",
            "--format",
            "Mono8",
            "--size",
            "1024x1024",
            "--frames",
            "" + frames,
            "--fps",
            "max",
            "--wait-for",
            "1")) {
      ZMQ.Socket slow = publisher.subscribe("camera_frame", "slow");
      awaitStandstill(publisher);
      long last = -1;
      int received = 0;
      StreamMessage message = Running.receive(slow);
      while (message instanceof Frame frame) {
        assertThat(frame.header().frame()).isGreaterThan(last);
        last = frame.header().frame();
        received++;
        message = Running.receive(slow);
      }
      assertThat(((SeriesEnd) message).frames()).isEqualTo(frames);
      assertThat(received).isBetween(4, frames - 1);
      slow.close();
      assertThat(publisher.exitCode()).isZero();
    }
  }

  @Test
  void stopsWithinTwoSecondsWhileASlowSubscriberHoldsItUp() throws Exception {
    try (Running publisher =
        new Running(
            "--source",
            "synthetic:ramp",
            "--format",
            "Mono8",
            "--size",
            "1024x1024",
            "--fps",
            "max",
            "--lossless",
            "--wait-for",
            "1")) {
      publisher.subscribe("camera_frame", "slow");
      awaitStandstill(publisher);
      long start = System.nanoTime();
      publisher.stop();
      assertThat(publisher.exitCode()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void goesOnWhenTheSubscriberThatHeldItUpIsGone() throws Exception {
    try (Running publisher =
        new Running(
            "--source",
            "synthetic:ramp",
            "--format",
            "Mono8",
            "--size",
            "1024x1024",
            "--frames",
            "700",
            "--fps",
            "max",
            "--lossless",
            "--wait-for",
            "1")) {
      ZMQ.Socket slow = publisher.subscribe("camera_frame", "slow");
      awaitStandstill(publisher);
      slow.close();
      assertThat(publisher.exitCode()).isZero();
    }
  }
}
