package org.frameline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import org.frameline.protocol.MalformedMessageException;
import org.junit.jupiter.api.Test;

class SubscribersTest {
  private final Subscribers subscribers = new Subscribers();

  private void keep(String name, long from, boolean stays) throws MalformedMessageException {
    assertThat(subscribers.subscribed(name, name.length())).isTrue();
    assertThat(subscribers.sayReady(name, "token " + name, Optional.of(from), stays)).isTrue();
  }

  @Test
  void whoStaysIsWaitedForWhileItsConnectionIsGone() throws Exception {
    keep("recorder", 7, true);
    subscribers.taken("recorder", "token recorder", 9);
    subscribers.unsubscribed("recorder");
    assertThat(subscribers.ready()).isEmpty();
    assertThat(subscribers.isEmpty()).isFalse();
    assertThat(subscribers.slowest()).contains(Map.entry("recorder", 9L));
    assertThat(subscribers.progress()).isEqualTo("recorder at frame 9, away");
    // It is back, and still the same one.
    keep("recorder", 50, true);
    assertThat(subscribers.slowest()).contains(Map.entry("recorder", 9L));
    assertThat(subscribers.ready()).containsExactly("recorder");
  }

  @Test
  void whoDoesNotStayGoesWithItsConnection() throws Exception {
    keep("recorder", 7, false);
    subscribers.unsubscribed("recorder");
    assertThat(subscribers.slowest()).isEmpty();
    assertThat(subscribers.isEmpty()).isTrue();
  }

  @Test
  void whoSaysThatItLeavesIsWaitedForNoMore() throws Exception {
    keep("recorder", 7, true);
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> subscribers.leave("recorder", "another"));
    assertThat(subscribers.slowest()).isPresent();
    subscribers.leave("recorder", "token recorder");
    assertThat(subscribers.slowest()).isEmpty();
    subscribers.unsubscribed("recorder");
    assertThat(subscribers.isEmpty()).isTrue();
  }

  @Test
  void whoIsGivenUpWhileItIsAwayIsForgotten() throws Exception {
    keep("recorder", 7, true);
    subscribers.unsubscribed("recorder");
    subscribers.giveUp("recorder");
    assertThat(subscribers.isEmpty()).isTrue();
  }

  @Test
  void onlySoManyAreWaitedForWhoAreAway() throws Exception {
    for (int n = 0; n < Subscribers.MOST_AWAY + 10; n++) {
      keep("n" + n, n, true);
      subscribers.unsubscribed("n" + n);
    }
    assertThat(subscribers.slowest()).contains(Map.entry("n10", 10L));
  }

  @Test
  void aNameOfAnotherIsNotTaken() throws Exception {
    keep("recorder", 7, true);
    subscribers.unsubscribed("recorder");
    assertThat(subscribers.subscribed("recorder", 8)).isTrue();
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> subscribers.sayReady("recorder", "another", Optional.empty(), false));
    assertThat(subscribers.slowest()).contains(Map.entry("recorder", 7L));
  }
}
