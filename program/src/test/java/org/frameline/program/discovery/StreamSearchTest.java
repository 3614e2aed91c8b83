package org.frameline.program.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.frameline.program.StopSignal;
import org.frameline.protocol.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Announcements and searches on the loopback network, by real multicast. */
@Timeout(120)
class StreamSearchTest {
  private static final Duration A_MOMENT = Duration.ofSeconds(3);

  /** Others may announce at the same time. */
  private final String name = "test " + UUID.randomUUID();

  private Announcement announcement;

  @AfterEach
  void end() {
    announcement.close();
  }

  private AnnouncedStream stream(String camera) {
    return new AnnouncedStream(
        name,
        Endpoint.parse("tcp://127.0.0.1:5555"),
        Endpoint.parse("tcp://127.0.0.1:5556"),
        "camera_frame",
        camera);
  }

  private List<AnnouncedStream> ours() throws IOException {
    return new StreamSearch()
        .listen(A_MOMENT, new StopSignal()).stream().filter(it -> it.name().equals(name)).toList();
  }

  private void awaitFound(AnnouncedStream expected) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(ours()).containsExactly(expected));
  }

  @Test
  void whatIsAnnouncedIsFoundUntilItEnds() {
    announcement = new Announcement(stream("640x480 RGB8, ß 摄像头"), Optional.empty());
    awaitFound(stream("640x480 RGB8, ß 摄像头"));
    announcement.close();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(ours()).isEmpty());
  }

  @Test
  void anAdvertisedHostStandsForTheAddress() {
    AnnouncedStream elsewhere =
        new AnnouncedStream(
            name,
            Endpoint.parse("tcp://[fd00::7]:5555"),
            Endpoint.parse("tcp://[fd00::7]:5556"),
            "camera_frame",
            "c".repeat(60));
    announcement = new Announcement(stream("c".repeat(300)), Optional.of("fd00::7"));
    awaitFound(elsewhere);
  }
}
