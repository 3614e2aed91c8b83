package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutageTest {
  private static final FrameHeader HEADER =
      new FrameHeader(List.of(3, 4), ElementType.UINT8, 7, 0, "s", Map.of());

  @Test
  void isReadFromTheHeaderThatItWasWrittenInto() {
    FrameHeader marked = new Outage(7, 900).mark(HEADER, 2);
    assertThat(Outage.lastIn(marked)).contains(new Outage(7, 900));
    assertThat(marked.number(FrameHeader.RECONNECTS)).contains(2L);
    assertThat(marked.extra()).containsOnlyKeys(Outage.KEYS);
  }

  @Test
  void isNotInAHeaderThatTellsOfNoneOrOfWhatIsYetToCome() {
    assertThat(Outage.lastIn(HEADER)).isEmpty();
    assertThat(Outage.lastIn(new Outage(8, 900).mark(HEADER, 1))).isEmpty();
    assertThat(Outage.lastIn(HEADER.with(Map.of("outage_frame", 3, "outage_ms", -1)))).isEmpty();
  }

  @Test
  void hasNoNegativeNumbers() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Outage(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Outage(0, -1));
  }
}
