package org.frameline.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.frameline.protocol.ControlMessage;
import org.junit.jupiter.api.Test;

class PipelineProbeTest {
  private static Measurement figure(int workers, double rate) {
    return new Measurement(
        Section.PIPELINE, PipelineProbe.at(workers, false), 1, Measured.spread(rate));
  }

  @Test
  void triesTwiceAsManyWorkersEachTimeAndOnePerCoreAtLast() {
    assertThat(PipelineProbe.workerCounts(1)).containsExactly(1);
    assertThat(PipelineProbe.workerCounts(2)).containsExactly(1, 2);
    assertThat(PipelineProbe.workerCounts(6)).containsExactly(1, 2, 4, 6);
    assertThat(PipelineProbe.workerCounts(128)).containsExactly(1, 2, 4, 8, 16);
  }

  @Test
  void takesTheFewestWorkersThatAreAboutAsFast() {
    assertThat(PipelineProbe.best(List.of(figure(1, 60), figure(2, 99), figure(4, 100))))
        .map(best -> best.number("workers"))
        .contains(2);
    assertThat(PipelineProbe.best(List.of())).isEmpty();
  }

  @Test
  void knowsFromAStatusWhenTheLastFrameCame() {
    ControlMessage status = ControlMessage.ok().with("frames", 11L).with("frames_per_second", 5.0);
    RateSampler.Reading reading = PipelineProbe.reading(status);
    assertThat(reading.count()).isEqualTo(11);
    assertThat(reading.atNs()).isCloseTo(2e9, Offset.offset(1.0));
    assertThat(PipelineProbe.reading(null)).isEqualTo(new RateSampler.Reading(0, 0));
    assertThat(PipelineProbe.reading(ControlMessage.ok().with("frames", 1L)).atNs()).isZero();
  }
}
