package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.frameline.protocol.StreamMessage.Reference;
import org.junit.jupiter.api.Test;

class GatheredReferencesTest {
  private static final long MANY = 64;

  private final GatheredReferences gathered = new GatheredReferences();
  private final long now = System.nanoTime();

  private static Reference reference(long number) {
    return new Reference(
        "ring/t", new FrameHeader(List.of(1), ElementType.UINT8, number, 0, "s", Map.of()));
  }

  @Test
  void nothingIsNeverDue() {
    assertThat(gathered.isDue(MANY, now + 1_000_000_000)).isFalse();
    assertThat(gathered.take()).isEmpty();
  }

  @Test
  void waitsForOthersUntilThereAreEnoughOfThem() {
    for (int n = 0; n < GatheredReferences.MOST; n++) {
      assertThat(gathered.isDue(MANY, now)).isFalse();
      gathered.add(reference(n), now);
    }
    assertThat(gathered.isDue(MANY, now)).isTrue();
    assertThat(gathered.take()).hasSize(GatheredReferences.MOST).startsWith(reference(0));
    assertThat(gathered.isDue(MANY, now)).isFalse();
  }

  @Test
  void aReceiverThatTakesOneGetsOne() {
    gathered.add(reference(0), now);
    assertThat(gathered.isDue(1, now)).isTrue();
  }

  @Test
  void theFirstDoesNotWaitForOneThatWouldComeTooLate() {
    gathered.add(reference(0), now);
    gathered.add(reference(1), now + GatheredReferences.LONGEST.toNanos());
    assertThat(gathered.isDue(MANY, now + GatheredReferences.LONGEST.toNanos())).isFalse();
    assertThat(gathered.isDue(MANY, now + GatheredReferences.LONGEST.toNanos() + 1)).isTrue();
    gathered.take();
    gathered.add(reference(2), now + 1_000_000_000);
    assertThat(gathered.isDue(MANY, now + 1_000_000_000)).isFalse();
  }
}
