package org.frameline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void givesNoPortTwice() {
    assertThat(IntStream.range(0, 200).map(i -> FreePorts.one()).distinct()).hasSize(200);
  }

  @Test
  void passesOverAPortThatIsTaken() throws Exception {
    int last = FreePorts.one();
    try (ServerSocket taken = new ServerSocket(last + 5, 1, InetAddress.getLoopbackAddress())) {
      int base = FreePorts.block(10);
      assertThat(IntStream.range(base, base + 10)).doesNotContain(taken.getLocalPort());
    }
  }
}
