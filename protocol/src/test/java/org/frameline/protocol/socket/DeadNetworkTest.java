package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.frameline.protocol.Endpoint;
import org.frameline.testing.JavaCommand;
import org.frameline.testing.Outcome;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process whose I/O thread has ended, as when there is no memory left for it. */
@Timeout(60)
class DeadNetworkTest {
  @TempDir Path folder;

  @Test
  void endsALoopAndDoesNotKeepTheProcess() throws Exception {
    Outcome outcome = Program.run(folder, JavaCommand.of(DeadNetworkTest.class));
    assertThat(outcome.out())
        .contains(
            "nothing can be sent or received any more:"
                + " java.lang.StackOverflowError: made by the test");
    assertThat(outcome.exitCode()).isZero();
  }

  /** Ends by itself, with daemons left at most. */
  public static void main(String[] args) {
    try (Sockets sockets = new Sockets();
        PollLoop loop = new PollLoop(sockets, () -> false);
        Sockets others = new Sockets()) {
      MessageSocket pull = sockets.bindPull(Endpoint.parse("tcp://127.0.0.1:*"), "--bind", 5);
      pull.socket()
          .setMsgAllocator(
              size -> {
                throw new StackOverflowError("made by the test");
              });
      MessageSocket push = others.connectPush(pull.boundTo(), 5);
      push.waitForRoom(Duration.ofSeconds(20));
      push.forward(List.of(new byte[1]));
      loop.onMessage(pull, () -> pull.receive() != null);
      try {
        loop.run();
      } catch (NetworkFailedException e) {
        System.out.println(e.getMessage());
      }
      others.close(push, Duration.ZERO);
      sockets.close(pull, Duration.ZERO);
    }
  }
}
