package org.frameline.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
  @Test
  void isQuickAtFirstAndThenSlowerButNeverSlowerThanEightSeconds() {
    BackOff backOff = new BackOff();
    List<Long> pausesMs =
        LongStream.range(0, 8).map(i -> backOff.pause().toMillis()).boxed().toList();
    assertThat(pausesMs).containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L, 8000L, 8000L);
  }
}
