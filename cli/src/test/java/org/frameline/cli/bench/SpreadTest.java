package org.frameline.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void isWhatNumpyCallsQuartiles() throws Exception {
    List<Double> values = new Random(4).doubles(101, 0, 1_000).boxed().toList();
    List<Double> some = values.subList(0, 6);
    for (List<Double> sample : List.of(values, some, values.subList(0, 1))) {
      Spread spread = Spread.of(sample);
      String numbers = sample.stream().map(String::valueOf).collect(Collectors.joining(","));
      String expected =
          Python.run(
              "import numpy; print(*numpy.percentile([" + numbers + "], [25, 50, 75]), sep='\\n')");
      assertThat(expected.lines().map(Double::valueOf).toList())
          .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1)
          .containsExactly(spread.low(), spread.median(), spread.high());
      assertThat(spread.samples()).isEqualTo(sample.size());
    }
  }

  @Test
  void tellsHowFarTheQuartilesAreApart() {
    assertThat(Spread.of(List.of(9.0, 10.0, 11.0)).relative()).isEqualTo(0.05);
    assertThat(Spread.of(List.of(0.0)).relative()).isZero();
  }
}
