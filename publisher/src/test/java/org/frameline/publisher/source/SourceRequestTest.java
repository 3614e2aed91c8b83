package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.frameline.protocol.PixelFormat;
import org.junit.jupiter.api.Test;

class SourceRequestTest {

  private static final SourceRequest ANY = SourceRequest.of(SourceSpec.parse("synthetic:ramp"));

  @Test
  void whatCannotBeMeantIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ANY.withSize(640, 0))
        .withMessageContaining("640x0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ANY.withSize(-1, -1))
        .withMessageContaining("-1x-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ANY.withSize(60_000, 60_000))
        .withMessageContaining("2 GiB");
    assertThatIllegalArgumentException().isThrownBy(() -> ANY.withFps(0));
    assertThatIllegalArgumentException().isThrownBy(() -> ANY.withFps(Double.POSITIVE_INFINITY));
    assertThatIllegalArgumentException().isThrownBy(() -> ANY.withCameraTimeout(Duration.ZERO));
  }

  @Test
  void asksForNothingByDefault() {
    assertThat(ANY.ownSize()).isTrue();
    assertThat(ANY.fps()).isNaN();
    assertThat(ANY.loop()).isFalse();
    assertThat(ANY.formatOrNatural()).isEqualTo(PixelFormat.RGB8);
  }
}
