package org.frameline.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrialTest {
  @Test
  void keepsUpWhenEverythingIsThereInTime() {
    assertThat(Measured.trial(0.9, 1_000, 99).outcome()).isEqualTo(Trial.Outcome.KEPT_UP);
  }

  @Test
  void hasLostWhatIsMissingHoweverFastItWas() {
    assertThat(Measured.trial(0.9, 999, 100).outcome()).isEqualTo(Trial.Outcome.LOST);
    assertThat(new Trial(1.3, 100, 100, 10, 9, 10, 100).outcome()).isEqualTo(Trial.Outcome.LOST);
  }

  @Test
  void hasFallenBehindWhenResultsCameMoreSlowlyThanFrames() {
    assertThat(Measured.trial(1.3, 1_000, 80).outcome()).isEqualTo(Trial.Outcome.FELL_BEHIND);
    assertThat(Measured.trial(1.3, 1_000, 80).hasLost()).isFalse();
  }

  @Test
  void hasLostWhatACameraWouldHaveDeliveredToAPublisherThatIsTooSlow() {
    Trial trial = new Trial(1.3, 100, 80, 800, 800, 800, 80);
    assertThat(trial.outcome()).isEqualTo(Trial.Outcome.LOST);
    assertThat(trial.notTaken()).isEqualTo(200);
    assertThat(new Trial(1.3, 100, 99, 990, 990, 990, 99).notTaken()).isZero();
  }
}
