package org.frameline.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final long NEVER = System.nanoTime() + Long.MAX_VALUE / 2;

  private static Optional<Double> last(Settling settling, Double... medians) {
    Iterator<Double> next = List.of(medians).iterator();
    return settling.last(() -> Optional.of(Measured.spread(next.next()))).map(Spread::median);
  }

  @Test
  void goesOnWhileItGetsQuicker() {
    assertThat(last(new Settling(2, 9, NEVER), 1.0, 2.0, 4.0, 4.1, 9.0)).contains(4.1);
  }

  @Test
  void measuresAFewTimesWhateverComes() {
    assertThat(last(new Settling(3, 9, NEVER), 5.0, 5.0, 4.0, 9.0)).contains(4.0);
  }

  @Test
  void endsAfterTheMostOrTheDeadline() {
    assertThat(last(new Settling(2, 3, NEVER), 1.0, 2.0, 4.0, 8.0)).contains(4.0);
    assertThat(last(new Settling(2, 3, System.nanoTime()), 1.0, 2.0)).contains(1.0);
  }

  @Test
  void isNothingWhenAMeasurementIsNothing() {
    assertThat(new Settling(2, 3, NEVER).last(Optional::empty)).isEmpty();
  }
}
