package org.frameline.analysis.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of spectra, beside a search that looks at every bin and all its neighbours. */
class PeakTest {
  @ParameterizedTest
  @CsvSource({"4,4", "5,4", "4,5", "8,8", "9,7", "16,33", "64,48"})
  void areTheHighestBinsThatNoNeighbourExceeds(int width, int height) {
    for (int seed = 0; seed < 50; seed++) {
      Power power = power(width, height, seed);
      List<Double> expected = powersOfLines(power);
      for (int most : new int[] {1, 2, 5, 1000}) {
        List<Peak> found = Peak.strongest(power, Window.HANN, most);
        assertThat(found.stream().map(Peak::power))
            .as("seed %d", seed)
            .isEqualTo(expected.subList(0, Math.min(most, expected.size())));
      }
      Peak strongest = Peak.strongest(power, Window.HANN);
      assertThat(strongest == null).isEqualTo(expected.isEmpty());
    }
  }

  /** Few different values, so that neighbours are often equal; both halves of column 0 too. */
  private static Power power(int width, int height, long seed) {
    Power power = new Power(width, height);
    Random random = new Random(seed);
    for (int i = 0; i < power.values().length; i++) {
      power.values()[i] = random.nextInt(seed % 2 == 0 ? 20 : 1_000_000);
    }
    for (int row = 1; row < height; row++) {
      for (int x = 0; x < power.bins(); x += power.bins() - 1) {
        if (power.weight(x) == 1) {
          power.values()[row * power.bins() + x] =
              power.values()[(height - row) * power.bins() + x];
        }
      }
    }
    return power;
  }

  private static List<Double> powersOfLines(Power power) {
    List<Double> found = new ArrayList<>();
    for (int down = -((power.height() - 1) / 2); down <= power.height() / 2; down++) {
      for (int across = 0; across < power.bins(); across++) {
        boolean isNearZero = Math.abs(down) <= Peak.NEAR_ZERO && across <= Peak.NEAR_ZERO;
        boolean isMirrored = power.weight(across) == 1 && down < 0;
        double here = power.at(down, across);
        boolean isHighest = here > 0;
        for (int dy = -1; dy <= 1; dy++) {
          for (int dx = -1; dx <= 1; dx++) {
            isHighest &= power.at(down + dy, across + dx) <= here;
          }
        }
        if (isHighest && !isNearZero && !isMirrored) {
          found.add(here);
        }
      }
    }
    found.sort(Comparator.reverseOrder());
    return found;
  }
}
