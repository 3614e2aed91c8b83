package org.frameline.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.frameline.protocol.PixelFormat;
import org.junit.jupiter.api.Test;

class PredictionTest {
  private static Prediction with(double diskBytesPerSecond) {
    return Prediction.from(Measured.CAMERA, Measured.findings(diskBytesPerSecond)).orElseThrow();
  }

  @Test
  void isTheLowerQuartileOfThePipelineWithTheRecorder() {
    Prediction prediction = with(1e9);
    assertThat(prediction.rate()).isEqualTo(new Prediction.Rate(135, "pipeline"));
    assertThat(prediction.workers()).isEqualTo(2);
  }

  @Test
  void isNoMoreThanTheDiskTakes() {
    Prediction.Rate rate = with(50e6).rate();
    assertThat(rate.limit()).isEqualTo("disk");
    assertThat(rate.framesPerSecond()).isCloseTo(45e6 / 921_600, Offset.offset(1e-6));
  }

  @Test
  void othersFollowFromTheTimeOfTheirTransform() {
    Camera large = new Camera(2048, 2048, PixelFormat.RGB8);
    assertThat(with(1e9).others())
        .hasSize(4)
        .extracting(Prediction.Estimate::camera)
        .contains(large)
        .doesNotContain(Measured.CAMERA);
    Prediction.Rate rate =
        with(1e9).others().stream()
            .filter(other -> other.camera().equals(large))
            .findFirst()
            .orElseThrow()
            .rate();
    assertThat(rate.framesPerSecond())
        .isCloseTo(135.0 * 921_600 / large.frameBytes(), Offset.offset(1e-6));
  }

  @Test
  void thereIsNoneWithoutARecorder() {
    Findings findings = new Findings();
    findings.add(
        new Measurement(Section.PIPELINE, PipelineProbe.at(1, false), 1, Measured.spread(100)));
    assertThat(Prediction.from(Measured.CAMERA, findings)).isEmpty();
  }
}
