package org.frameline.analysis.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import org.frameline.analysis.images.ChosenFrames;
import org.frameline.analysis.images.FrameSeries;
import org.frameline.analysis.images.Selection;
import org.frameline.protocol.ElementType;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  @TempDir Path folder;

  private FrameSeries series(long missingAtTheEnd, long... numbers) throws IOException {
    Path file =
        Recordings.of(ElementType.UINT8, List.of(2, 3))
            .missingAtTheEnd(missingAtTheEnd)
            .write(folder.resolve(numbers.length + ".h5"), numbers);
    return FrameSeries.open(file, Optional.empty(), Optional.empty());
  }

  private static OptionalLong of(long number) {
    return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
  }

  /** A number at a time, as the description has it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void choosesWhatCountingOneByOneChooses(long seed) throws Exception {
    Random random = new Random(seed);
    TreeSet<Long> there = new TreeSet<>();
    long number = random.nextInt(10);
    for (int i = 0; i < 40; i++) {
      there.add(number);
      number += random.nextInt(4) == 0 ? 1 + random.nextLong(12) : 1;
    }
    long lost = seed % 2 == 0 ? 0 : 1 + random.nextInt(30);
    try (FrameSeries series = series(lost, there.stream().mapToLong(Long::longValue).toArray())) {
      for (int round = 0; round < 300; round++) {
        long from = random.nextLong(120) - 20;
        long to = random.nextInt(3) == 0 ? -1 : Math.max(0, from) + random.nextLong(60);
        long every = 1 + random.nextLong(9);
        ChosenFrames chosen = new Selection(of(from), of(to), every).in(series);
        List<Long> found = new ArrayList<>();
        for (int i = 0; i < chosen.count(); i++) {
          found.add(series.number(chosen.row(i)));
        }
        List<Long> wanted = new ArrayList<>();
        List<Long> missing = new ArrayList<>();
        long begin = from < 0 ? there.first() : from;
        long end = Math.min(there.last() + lost, to < 0 ? Long.MAX_VALUE : to);
        for (long one = begin; one <= end; one += every) {
          if (there.contains(one)) {
            wanted.add(one);
          } else if (one > there.first()) {
            missing.add(one);
          }
        }
        String what =
            "seed "
                + seed
                + ": "
                + from
                + " to "
                + to
                + " every "
                + every
                + ", "
                + lost
                + " lost at the end";
        assertThat(found).as(what).isEqualTo(wanted);
        assertThat(chosen.missing()).as(what).isEqualTo(missing.size());
        assertThat(chosen.firstMissing())
            .as(what)
            .isEqualTo(missing.isEmpty() ? -1 : missing.get(0));
      }
    }
  }

  @Test
  void spreadsEvenlyWithTheFirstAndTheLast() throws Exception {
    try (FrameSeries series = series(0, Recordings.numbersTo(100))) {
      ChosenFrames all = new Selection(of(-1), of(-1), 1).in(series);
      ChosenFrames some = all.spread(4);
      assertThat(new int[] {some.row(0), some.row(1), some.row(2), some.row(3)})
          .containsExactly(0, 33, 66, 99);
      assertThat(all.spread(1).row(0)).isZero();
      assertThat(all.spread(200).count()).isEqualTo(100);
    }
  }
}
