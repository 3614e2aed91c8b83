package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.frameline.protocol.Endpoint;
import org.frameline.protocol.socket.Sockets;
import org.frameline.testing.Log;
import org.junit.jupiter.api.Test;

/** Here and not beside the sockets, because logs can be read here. */
class ForgottenSocketTest {

  @Test
  void aSocketLeftOpenIsNamedWithThePlaceThatMadeIt() {
    try (Log log = Log.of(Sockets.class)) {
      try (Sockets sockets = new Sockets()) {
        sockets.bindPull(Endpoint.parse("tcp://127.0.0.1:*"), "--bind", 1);
      }
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .startsWith("WARN socket still open at the end, made in PULL by ")
          .contains("aSocketLeftOpenIsNamedWithThePlaceThatMadeIt", "ForgottenSocketTest.java:");
    }
  }
}
