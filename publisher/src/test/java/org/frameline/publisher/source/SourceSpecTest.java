package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSpecTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "webcam:0",
        "webcam:12",
        "video:a folder/with:colon.avi",
        "rtsp://127.0.0.1:8554/camera",
        "http://camera.local/mjpeg?size=vga",
        "https://camera.local/live.m3u8",
        "hdf5:run.h5",
        "hdf5:run.h5#entry_2",
        "hdf5:run#3/of 7.h5#/scan/images.v2",
        "synthetic:fringes",
        "synthetic:particles",
        "synthetic:noise",
        "synthetic:ramp"
      })
  void isWrittenAsItWasRead(String text) {
    assertThat(SourceSpec.parse(text).label()).isEqualTo(text);
  }

  @Test
  void knowsWhatEachKindMeans() {
    assertThat(SourceSpec.parse("webcam:3")).isEqualTo(new SourceSpec.Webcam(3));
    assertThat(SourceSpec.parse("video:C:/x.avi"))
        .isEqualTo(new SourceSpec.Video(Path.of("C:/x.avi")));
    assertThat(SourceSpec.parse("hdf5:C:/x.h5"))
        .isEqualTo(new SourceSpec.Recording(Path.of("C:/x.h5"), null));
    assertThat(SourceSpec.parse("hdf5:run#3/x.h5"))
        .isEqualTo(new SourceSpec.Recording(Path.of("run#3/x.h5"), null));
    assertThat(SourceSpec.parse("hdf5:x#1.h5#entry"))
        .isEqualTo(new SourceSpec.Recording(Path.of("x#1.h5"), "entry"));
    assertThat(SourceSpec.parse("hdf5:x.h5#/a.b/c#d"))
        .isEqualTo(new SourceSpec.Recording(Path.of("x.h5"), "/a.b/c#d"));
    assertThat(SourceSpec.parse("synthetic:noise"))
        .isEqualTo(new SourceSpec.Synthetic(SourceSpec.Pattern.NOISE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "webcam", "webcam:", "video:", "/dev/video0", "ftp://host/x", "camera:0"})
  void anUnknownKindIsAnsweredWithTheKindsThereAre(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SourceSpec.parse(text))
        .withMessageContainingAll(
            "webcam:N", "video:PATH", "rtsp://", "fringes|particles|noise|ramp")
        .withMessageEndingWith("found \"" + text + "\"")
        .withMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "webcam:first",
        "webcam:-1",
        "synthetic:stripes",
        "hdf5:x.h5#",
        "hdf5:#entry",
        "rtsp:///no-host",
        "rtsp://bad host/"
      })
  void aKnownKindWithAWrongRestSaysWhatItExpects(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SourceSpec.parse(text))
        .withMessageStartingWith("expected ")
        .withMessageContaining("found ")
        .withMessageNotContaining("\n");
  }

  @Test
  void aPasswordStaysOutOfLabelsAndLogs() {
    SourceSpec spec = SourceSpec.parse("rtsp://admin:s3cret@10.0.0.7:554/live");
    assertThat(spec.label()).isEqualTo("rtsp://admin:***@10.0.0.7:554/live");
    assertThat(spec.toString()).doesNotContain("s3cret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SourceSpec.parse("rtsp://admin:s3cret^@10.0.0.7/live"))
        .withMessageNotContaining("s3cret")
        .havingCause()
        .isNotNull();
  }
}
