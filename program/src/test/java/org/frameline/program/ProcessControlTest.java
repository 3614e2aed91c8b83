package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.socket.ControlServer;
import org.frameline.protocol.socket.Sockets;
import org.junit.jupiter.api.Test;

class ProcessControlTest {
  @Test
  void anAnswerThatWouldBeRefusedForItsSizeLosesItsLongestField() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ok", true);
    fields.put("workers", List.of("w".repeat(ControlMessage.MAX_BYTES)));
    fields.put("received", 5);
    ControlMessage answer = ProcessControl.fitting(fields);
    assertThat(answer.fields())
        .containsEntry("workers", "left out, too long")
        .containsEntry("received", 5);
    assertThat(answer.encode().length).isLessThan(ControlMessage.MAX_BYTES);
  }

  @Test
  void tellsThePortThatTheSystemChoseAndAnAddressThatCanBeReached() {
    try (Sockets sockets = new Sockets();
        ControlServer server =
            new ControlServer(
                sockets, Endpoint.parse("tcp://0.0.0.0:*"), "--control-bind", (q, reply) -> {})) {
      assertThat(server.reachable().toString()).matches("tcp://127\\.0\\.0\\.1:\\d+");
    }
  }
}
