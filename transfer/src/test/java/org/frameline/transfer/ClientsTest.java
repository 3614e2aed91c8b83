package org.frameline.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ClientsTest {
  private final Clients clients = new Clients();

  private static ByteBuffer peer(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(0, number);
  }

  @Test
  void whoeverComesWhenAllPlacesAreTakenWaitsUntilOneHasGone() {
    for (int i = 0; i < Clients.MOST; i++) {
      assertThat(clients.admit(peer(i))).isTrue();
    }
    assertThat(clients.admit(peer(-1))).isFalse();
    assertThat(clients.admit(peer(7))).as("has a place").isTrue();
    clients.gone(peer(-1));
    assertThat(clients.admit(peer(-1))).isFalse();
    clients.gone(peer(7));
    assertThat(clients.admit(peer(-1))).isTrue();
    assertThat(clients.admit(peer(7))).isFalse();
    assertThat(clients.count()).isEqualTo(Clients.MOST);
  }
}
