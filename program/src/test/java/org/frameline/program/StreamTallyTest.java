package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamTallyTest {
  private final StreamTally tally = new StreamTally();

  @Test
  void keepsStreamsApart() {
    tally.of("a").startsAt(3);
    tally.of("a").received();
    tally.of("a").processed();
    tally.of("a").missing(4);
    tally.of("a").processedInVain("not written", 0);
    tally.of("b").received();
    tally.of("b").dropped("stopped");
    tally.of("b").duplicate();
    tally.of("b").late();
    tally.of("b").malformed();
    assertThat(tally.counts())
        .containsExactly(
            new StreamCounts("a", 3, 1, 1, 4, Map.of(), 0, 0, 0),
            new StreamCounts("b", 0, 1, 0, 0, Map.of("stopped", 1L), 1, 1, 1));
  }

  @Test
  void whatIsOfNoKnownStreamIsCountedToo() {
    tally.of(null).malformed();
    assertThat(tally.counts())
        .singleElement()
        .satisfies(
            counts -> {
              assertThat(counts.stream()).isEqualTo(StreamTally.UNKNOWN);
              assertThat(counts.malformed()).isEqualTo(1);
            });
  }

  @Test
  void aThousandStreamsLoseNothingOfTheSumAndKeepTheOneInUse() {
    for (int i = 0; i < 1_000; i++) {
      tally.of("camera").received();
      tally.of("stranger " + i + "x".repeat(1_000)).received();
    }
    List<StreamCounts> all = tally.counts();
    assertThat(all).hasSize(StreamTally.MOST_STREAMS + 1);
    assertThat(all.get(0).stream()).isEqualTo(StreamTally.EARLIER);
    assertThat(all.stream().mapToLong(StreamCounts::received).sum()).isEqualTo(2_000);
    assertThat(all)
        .contains(new StreamCounts("camera", 0, 1_000, 0, 0, Map.of(), 0, 0, 0))
        .allSatisfy(counts -> assertThat(counts.stream().length()).isLessThanOrEqualTo(100));
  }

  @Test
  void aListThatIsTooLongIsSummedUpFromTheFront() {
    List<StreamCounts> all = new ArrayList<>();
    for (int i = 0; i < StreamTally.MOST_STREAMS + 10; i++) {
      all.add(new StreamCounts("s" + i, 0, 1, 1, 0, Map.of("full", 2L), 0, 0, 0));
    }
    List<StreamCounts> fewer = StreamCounts.bounded(all);
    assertThat(fewer).hasSize(StreamTally.MOST_STREAMS);
    assertThat(fewer.get(0))
        .isEqualTo(
            new StreamCounts(StreamTally.EARLIER, 0, 11, 11, 0, Map.of("full", 22L), 0, 0, 0));
    assertThat(fewer.get(1).stream()).isEqualTo("s11");
  }

  @Test
  void whatWasReportedReadsBack() {
    StreamCounts counts = new StreamCounts("a", 1, 2, 3, 4, Map.of("x", 5L), 6, 7, 8);
    assertThat(StreamCounts.fromReport(counts.toReport())).isEqualTo(counts);
  }

  @Test
  void whatIsNoCountIsReadAsZero() {
    assertThat(StreamCounts.fromReport(Map.of("received", "many", "dropped", List.of())))
        .isEqualTo(new StreamCounts(StreamTally.UNKNOWN, 0, 0, 0, 0, Map.of(), 0, 0, 0));
  }
}
