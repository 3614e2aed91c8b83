package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.frameline.protocol.FrameSet.Run;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final Arrivals arrivals = new Arrivals();

  @Test
  void countsHolesRepetitionsAndWhatTheEndSaysIsMissing() {
    assertThat(arrivals.take("s", 5).gap()).isEmpty();
    arrivals.of("s").processed();
    assertThat(arrivals.take("s", 9).gap()).contains(new Run(6, 3));
    assertThat(arrivals.take("s", 9).isRepeated()).isTrue();
    arrivals.malformed();
    assertThat(arrivals.end(new SeriesEnd("camera_frame", "s", 12))).contains(new Run(10, 2));
    assertThat(arrivals.toReport())
        .singleElement()
        .satisfies(
            stream ->
                assertThat(stream)
                    .containsEntry("stream", "s")
                    .containsEntry("first", 5L)
                    .containsEntry("received", 2L)
                    .containsEntry("processed", 1L)
                    .containsEntry("missing", 5L)
                    .containsEntry("duplicate", 1L)
                    .containsEntry("malformed", 1L));
  }

  @Test
  void keepsStreamsApart() {
    arrivals.take("a", 0);
    arrivals.take("b", 0);
    arrivals.take("b", 2);
    assertThat(arrivals.toReport())
        .extracting(stream -> stream.get("stream") + " " + stream.get("missing"))
        .containsExactlyInAnyOrder("a 0", "b 1");
  }
}
