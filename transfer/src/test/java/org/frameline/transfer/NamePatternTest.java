package org.frameline.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
  private static String some(Random random, String letters, int most) {
    return random
        .ints(random.nextInt(most), 0, letters.length())
        .mapToObj(i -> letters.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void saysWhatARegularExpressionSays(long seed) {
    Random random = new Random(seed);
    int matching = 0;
    for (int i = 0; i < 3_000; i++) {
      String pattern = some(random, "ab.*?", 6);
      String name = some(random, "ab.", 7);
      boolean expected =
          Pattern.matches(pattern.replace(".", "\\.").replace("*", ".*").replace("?", "."), name);
      assertThat(new NamePattern(pattern).matches(name))
          .as(pattern + " " + name)
          .isEqualTo(expected);
      matching += expected ? 1 : 0;
    }
    assertThat(matching).isBetween(100, 2_900);
  }

  @Test
  void manyStarsEndAtOnce() {
    // A backtracking matcher would not come back.
    NamePattern pattern = new NamePattern("*a".repeat(100) + "b");
    assertThat(pattern.matches("a".repeat(250))).isFalse();
    assertThat(pattern.matches("a".repeat(249) + "b")).isTrue();
  }

  @Test
  void aPatternWithoutStarsIsAName() {
    assertThat(new NamePattern("night.h5").isName()).isTrue();
    assertThat(new NamePattern("night*").isName()).isFalse();
    assertThat(new NamePattern("nigh?.h5").isName()).isFalse();
  }
}
