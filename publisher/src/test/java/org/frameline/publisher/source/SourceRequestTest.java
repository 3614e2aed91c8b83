package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.frameline.protocol.PixelFormat;
import org.junit.jupiter.api.Test;

class SourceRequestTest {

  private static final SourceRequest ANY = SourceRequest.of(SourceKinds.parse("synthetic:ramp"));

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
  void aRecordingIsSentAsItIs() {
    SourceRequest recording = SourceRequest.of(SourceKinds.parse("hdf5:x.h5"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recording.withSize(640, 480))
        .withMessage(
            "--size: expected none, since recorded frames are sent as they are, found 640x480");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recording.withFormat(PixelFormat.MONO8))
        .withMessageContaining("--format: expected none");
    assertThat(recording.withRange(new FrameRange(3, 5)).range()).hasToString("3 to 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ANY.withRange(new FrameRange(3, 5)))
        .withMessage("--from and --to: expected a recording, hdf5:FILE, found synthetic:ramp");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameRange(3, 2))
        .withMessage("--to: expected a frame from 3 on, found 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameRange(-1, 2))
        .withMessage("--from: expected 0 or more, found -1");
  }

  @Test
  void asksForNothingByDefault() {
    assertThat(ANY.ownSize()).isTrue();
    assertThat(ANY.fps()).isNaN();
    assertThat(ANY.loop()).isFalse();
    assertThat(ANY.formatOrNatural()).isEqualTo(PixelFormat.RGB8);
  }
}
