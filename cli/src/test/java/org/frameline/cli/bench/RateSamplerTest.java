package org.frameline.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.frameline.cli.bench.RateSampler.Reading;
import org.frameline.program.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RateSamplerTest {
  private static final Duration SHORT = Duration.ofMillis(8);

  private final StopSignal stop = new StopSignal();
  private long turn;

  private Optional<Spread> sample(Supplier<List<Reading>> counters) {
    return RateSampler.sample(counters, SHORT, stop);
  }

  @Test
  void goesByTheClockOfTheCounterAndNotByItsOwn() {
    Optional<Spread> rate =
        sample(
            () -> {
              turn++;
              return List.of(new Reading(50 * turn, 1e9 * turn));
            });
    assertThat(rate).contains(new Spread(50, 50, 50, 8));
  }

  @Test
  void isThatOfTheSlowest() {
    Optional<Spread> rate =
        sample(
            () -> {
              turn++;
              return List.of(new Reading(9 * turn, 1e9 * turn), new Reading(7 * turn, 1e9 * turn));
            });
    assertThat(rate.orElseThrow().median()).isEqualTo(7);
  }

  @Test
  void countsAWindowInWhichNothingCameWithTheNext() {
    Optional<Spread> rate =
        sample(
            () -> {
              long counted = ++turn / 2;
              return List.of(new Reading(counted, 1e9 * counted));
            });
    assertThat(rate.orElseThrow().median()).isEqualTo(1);
    assertThat(rate.orElseThrow().samples()).isEqualTo(4);
  }

  @Test
  void isNothingWhenNothingMovesOrTheStopComes() {
    assertThat(sample(() -> List.of(new Reading(3, 5)))).isEmpty();
    stop.stop();
    assertThat(sample(() -> List.of(new Reading(turn++, turn)))).isEmpty();
  }
}
