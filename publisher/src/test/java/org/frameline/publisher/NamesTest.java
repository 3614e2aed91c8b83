package org.frameline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.frameline.protocol.ControlMessage;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** Names of subscribers, and others who use them or use them up. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class NamesTest {
  private static final int INVENTED = 300;

  /** Frames of 64 x 48 bytes in 3,136 bytes each, and 4 KiB at the head of the ring. */
  private static final String TEN_FRAMES = "36000B";

  private static final int CAPACITY = 10;

  private static ControlMessage ready(String name) {
    return ControlMessage.request("ready").with("subscriber", name);
  }

  @Test
  void manyNamesOfOneConnectionLeaveRoomForOthers() throws Exception {
    try (Running publisher =
        new Running("--source", "synthetic:ramp", "--size", "64x64", "--wait-for", "1000")) {
      ZMQ.Socket greedy = publisher.listen("subscriber/invented");
      for (int i = 0; i < INVENTED; i++) {
        greedy.subscribe("subscriber/invented " + i);
      }
      greedy.subscribe("none");
      await().until(() -> publisher.ask(ready("invented 0")).isTrue("ready"));
      ZMQ.Socket recorder = publisher.subscribe("camera_frame", "recorder");
      long known = 0;
      for (int i = 0; i < INVENTED; i++) {
        known += publisher.ask(ready("invented " + i)).isTrue("ready") ? 1 : 0;
      }
      assertThat(known).isBetween(1L, 40L);
      assertThat(publisher.ask("status").texts("subscribers")).contains("recorder");
      recorder.close();
      greedy.close();
    }
  }

  @Test
  void oneThatStaysIsWaitedForWithoutAConnectionUntilItLeaves() throws Exception {
    try (Running publisher = lossless()) {
      ZMQ.Socket keeper = publisher.listen("subscriber/keeper");
      ControlMessage ready = ready("keeper").with("keep", true).with("stays", true);
      await()
          .until(
              () -> {
                // A socket that nobody touches does not connect again.
                keeper.getEvents();
                return publisher.ask(ready).isTrue("ready");
              });
      awaitPublished(publisher, CAPACITY);
      keeper.close();
      await().until(() -> publisher.ask("status").texts("subscribers").isEmpty());
      assertThat(publisher.published()).isEqualTo(CAPACITY);
      assertThat(publisher.ask(ControlMessage.request("leave").with("subscriber", "keeper")).isOk())
          .isTrue();
      await().until(() -> publisher.published() > CAPACITY);
    }
  }

  private static Running lossless() {
    return new Running(
        "--source",
        "synthetic:ramp",
        "--format",
        "Mono8",
        "--size",
        "64x48",
        "--history",
        TEN_FRAMES,
        "--fps",
        "max",
        "--lossless",
        "--wait-for",
        "1");
  }

  /** The history of a lossless publisher waits for a subscriber that shows a token. */
  @Test
  void othersCannotSayWhatASubscriberHasTaken() throws Exception {
    try (Running publisher = lossless()) {
      ZMQ.Socket keeper = publisher.listen("subscriber/keeper");
      ControlMessage ready = ready("keeper").with("keep", true).with("token", "a secret");
      await()
          .until(
              () -> {
                // A socket that nobody touches does not connect again.
                keeper.getEvents();
                return publisher.ask(ready).isTrue("ready");
              });
      ControlMessage status = publisher.ask("status");
      ZMQ.Socket history = publisher.connect(SocketType.REQ, status.text("history").orElseThrow());
      ControlMessage taken =
          ControlMessage.request("taken")
              .with("stream", status.text("stream").orElseThrow())
              .with("subscriber", "keeper");
      awaitPublished(publisher, CAPACITY);
      for (String token : List.of("", "another")) {
        assertRefused(publisher.ask(ready.with("token", token)));
        for (String request : List.of("taken", "frames")) {
          assertRefused(
              ask(
                  history,
                  taken.with("request", request).with("token", token).with("taken", 1_000)));
        }
      }
      // Not even its own word is believed about frames that there are not yet.
      assertThat(ask(history, taken.with("token", "a secret").with("taken", 1)).isOk()).isTrue();
      awaitPublished(publisher, CAPACITY + 1);
      assertThat(ask(history, taken.with("token", "a secret").with("taken", 1L << 50)).isOk())
          .isTrue();
      awaitPublished(publisher, 2 * CAPACITY + 1);
      assertThat(publisher.ask("status").encode())
          .asString(StandardCharsets.UTF_8)
          .doesNotContain("a secret");
      keeper.close();
    }
  }

  private static void assertRefused(ControlMessage answer) {
    assertThat(answer.text("error"))
        .contains(
            "token: expected the one with which this subscriber said that it is ready,"
                + " found another");
  }

  private static ControlMessage ask(ZMQ.Socket history, ControlMessage question) throws Exception {
    history.send(question.encode());
    return ControlMessage.decode(history.recv());
  }

  /** It gets that far, and no further. */
  private static void awaitPublished(Running publisher, long frames) {
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(20))
        .until(() -> publisher.published() == frames);
  }
}
