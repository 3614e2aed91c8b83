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
    assertThat(SourceKinds.parse(text).label()).isEqualTo(text);
  }

  @Test
  void knowsWhatEachKindMeans() {
    assertThat(SourceKinds.parse("webcam:3")).isEqualTo(new WebcamSpec(3));
    assertThat(SourceKinds.parse("video:C:/x.avi")).isEqualTo(new VideoSpec(Path.of("C:/x.avi")));
    assertThat(SourceKinds.parse("hdf5:C:/x.h5"))
        .isEqualTo(new RecordingSpec(Path.of("C:/x.h5"), null));
    assertThat(SourceKinds.parse("hdf5:run#3/x.h5"))
        .isEqualTo(new RecordingSpec(Path.of("run#3/x.h5"), null));
    assertThat(SourceKinds.parse("hdf5:x#1.h5#entry"))
        .isEqualTo(new RecordingSpec(Path.of("x#1.h5"), "entry"));
    assertThat(SourceKinds.parse("hdf5:x.h5#/a.b/c#d"))
        .isEqualTo(new RecordingSpec(Path.of("x.h5"), "/a.b/c#d"));
    assertThat(SourceKinds.parse("synthetic:noise"))
        .isEqualTo(new SyntheticSpec(SyntheticSpec.Pattern.NOISE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "webcam", "webcam:", "video:", "/dev/video0", "ftp://host/x", "camera:0"})
  void anUnknownKindIsAnsweredWithTheKindsThereAre(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SourceKinds.parse(text))
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
        .isThrownBy(() -> SourceKinds.parse(text))
        .withMessageStartingWith("expected ")
        .withMessageContaining("found ")
        .withMessageNotContaining("\n");
  }

  @Test
  void aPasswordStaysOutOfLabelsAndLogs() {
    SourceSpec spec = SourceKinds.parse("rtsp://admin:s3cret@10.0.0.7:554/live");
    assertThat(spec.label()).isEqualTo("rtsp://admin:***@10.0.0.7:554/live");
    assertThat(spec.toString()).doesNotContain("s3cret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SourceKinds.parse("rtsp://admin:s3cret^@10.0.0.7/live"))
        .withMessageNotContaining("s3cret")
        .havingCause()
        .isNotNull();
  }
}
