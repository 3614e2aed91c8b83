package org.frameline.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReorderTest {

  private static List<Long> add(Reorder reorder, long number) {
    return Results.numbers(reorder.add(Result.inline(Results.result(number))));
  }

  @Test
  void passesOnWhatComesInOrder() {
    Reorder reorder = new Reorder(5, 3);
    assertThat(add(reorder, 5)).containsExactly(5L);
    assertThat(add(reorder, 6)).containsExactly(6L);
    assertThat(reorder.next()).isEqualTo(7);
  }

  @Test
  void holdsBackWhatComesEarly() {
    Reorder reorder = new Reorder(0, 3);
    assertThat(add(reorder, 2)).isEmpty();
    assertThat(add(reorder, 1)).isEmpty();
    assertThat(add(reorder, 0)).containsExactly(0L, 1L, 2L);
    assertThat(reorder.late()).isZero();
  }

  @Test
  void givesUpAFrameWhenTooManyLaterOnesWait() {
    Reorder reorder = new Reorder(0, 2);
    assertThat(add(reorder, 1)).isEmpty();
    assertThat(add(reorder, 2)).isEmpty();
    assertThat(add(reorder, 4)).containsExactly(1L, 2L);
    assertThat(add(reorder, 0)).as("too late").isEmpty();
    assertThat(reorder.late()).isEqualTo(1);
    assertThat(Results.numbers(reorder.drain())).containsExactly(4L);
    assertThat(reorder.drain()).isEmpty();
  }

  @Test
  void putsAnyShuffleWithinItsWindowInOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int window = 8;
    Reorder reorder = new Reorder(0, window);
    List<Long> out = new ArrayList<>();
    for (long start = 0; start < 400; start += window) {
      List<Long> block = new ArrayList<>();
      for (long n = start; n < start + window; n++) {
        block.add(n);
      }
      Collections.shuffle(block, random);
      block.forEach(n -> out.addAll(add(reorder, n)));
    }
    assertThat(out).as("seed %d", seed).hasSize(400).isSorted();
    assertThat(reorder.late()).isZero();
  }
}
