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
  void isNotReachedWhenThePublisherWasTooSlow() {
    assertThat(new Trial(1.3, 100, 90, 10, 10, 10, 100).outcome())
        .isEqualTo(Trial.Outcome.NOT_REACHED);
  }
}
