package org.frameline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.frameline.protocol.Endpoint;
import org.frameline.publisher.source.SourceKinds;
import org.frameline.publisher.source.SourceRequest;
import org.junit.jupiter.api.Test;

class PublisherConfigTest {
  private static final Endpoint ENDPOINT = Endpoint.parse("tcp://127.0.0.1:*");

  private static PublisherConfig config(double fps, long frames, String topic, int waitFor) {
    SourceRequest source = SourceRequest.of(SourceKinds.parse("synthetic:ramp"));
    return new PublisherConfig(
        source,
        new Pace(fps, 1),
        false,
        frames,
        Duration.ZERO,
        topic,
        waitFor,
        new Addresses(ENDPOINT, ENDPOINT, null, null, false),
        1 << 20);
  }

  private static void requireRefused(
      double fps, long frames, String topic, int waitFor, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(fps, frames, topic, waitFor))
        .withMessage(message);
  }

  @Test
  void acceptsWhatMakesSense() {
    assertThat(config(Double.NaN, 1, "t", 0).pace().fps()).isNaN();
    assertThat(config(Double.POSITIVE_INFINITY, Long.MAX_VALUE, "t", 9).waitFor()).isEqualTo(9);
  }

  @Test
  void aPaceIsARateOrASpeed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pace(Double.NaN, 0))
        .withMessage("--speed: expected a number above 0, found 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pace(30, 2))
        .withMessage("expected --fps or --speed, found both");
    assertThat(new Pace(Double.NaN, 2).isOwn()).isTrue();
    assertThat(new Pace(Double.POSITIVE_INFINITY, 1).isOwn()).isFalse();
  }

  @Test
  void refusesWhatMakesNoneAndNamesTheOption() {
    requireRefused(0, 1, "t", 0, "--fps: expected a number above 0 or max, found 0.0");
    requireRefused(1, 0, "t", 0, "--frames: expected 1 or more, found 0");
    requireRefused(1, 1, "", 0, "--topic: expected a name, found an empty text");
    requireRefused(1, 1, "t", -1, "--wait-for: expected 0 or more, found -1");
    requireRefused(
        1,
        1,
        "subscriber/x",
        0,
        "--topic: expected a name that does not begin with subscriber/, found \"subscriber/x\"");
  }
}
