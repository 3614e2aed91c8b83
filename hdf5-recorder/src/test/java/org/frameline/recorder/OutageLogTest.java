package org.frameline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.Outage;
import org.junit.jupiter.api.Test;

class OutageLogTest {
  private final OutageLog log = new OutageLog();

  private static FrameHeader header(String stream, long frame, Map<String, Object> extra) {
    return new FrameHeader(List.of(3, 4), ElementType.UINT8, frame, frame, stream, extra);
  }

  private Optional<Outage> observe(String stream, long frame) {
    return log.take(header(stream, frame, Map.of()));
  }

  private Optional<Outage> observe(
      String stream, long frame, Object count, Object first, Object ms) {
    Map<String, Object> extra = Map.of("reconnects", count, "outage_frame", first, "outage_ms", ms);
    return log.take(header(stream, frame, extra));
  }

  @Test
  void tellsEachOutageOnceEvenWhenTheFrameAfterItIsLost() {
    assertThat(observe("s", 0)).isEmpty();
    assertThat(observe("s", 5, 1, 5, 700)).contains(new Outage(5, 700));
    assertThat(observe("s", 6, 1, 5, 700)).isEmpty();
    assertThat(observe("s", 12, 2, 9, 2_000_000_000_000L))
        .contains(new Outage(9, 2_000_000_000_000L));
    assertThat(observe("s", 13, 2, 9, 1)).isEmpty();
    assertThat(log.count()).isEqualTo(2);
  }

  @Test
  void whatIsOnlyLookedAtStaysNews() {
    FrameHeader header = header("s", 5, Map.of("reconnects", 1, "outage_frame", 5, "outage_ms", 7));
    assertThat(log.newsIn(header)).contains(new Outage(5, 7));
    assertThat(log.newsIn(header)).contains(new Outage(5, 7));
    assertThat(log.count()).isZero();
    assertThat(log.take(header)).contains(new Outage(5, 7));
    assertThat(log.newsIn(header)).isEmpty();
  }

  @Test
  void whatWasBeforeTheFirstFrameRecordedIsNotTold() {
    assertThat(observe("s", 8, 1, 5, 700)).isEmpty();
    assertThat(observe("s", 9, 2, 9, 100)).contains(new Outage(9, 100));
  }

  @Test
  void anotherStreamCountsAnew() {
    assertThat(observe("a", 3, 4, 3, 10)).contains(new Outage(3, 10));
    assertThat(observe("b", 0)).isEmpty();
    assertThat(observe("b", 1, 1, 1, 20)).contains(new Outage(1, 20));
  }

  @Test
  void keysThatMakeNoSenseAreIgnored() {
    assertThat(observe("s", 0)).isEmpty();
    assertThat(observe("s", 1, 1, 2, 10)).isEmpty();
    assertThat(observe("s", 2, 2, -1, 10)).isEmpty();
    assertThat(observe("s", 3, 3, 3, -10)).isEmpty();
    assertThat(observe("s", 4, "x", true, 1.5)).isEmpty();
    assertThat(observe("s", 5, -1, 5, 10)).isEmpty();
    assertThat(log.count()).isZero();
  }
}
