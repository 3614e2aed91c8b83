package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Who asks a history, and one that takes its time, played by a test. */
@Timeout(60)
class HistoryLinkTest {
  private final ZContext context = new ZContext();
  private final ZMQ.Socket history = context.createSocket(SocketType.ROUTER);
  private final Sockets sockets = new Sockets();
  private final List<Long> answered = new ArrayList<>();
  private BooleanSupplier condition = () -> true;
  private final PollLoop loop = new PollLoop(sockets, () -> condition.getAsBoolean());
  private final HistoryLink link = link();

  private HistoryLink link() {
    history.setReceiveTimeOut(20_000);
    assertThat(history.bind("tcp://127.0.0.1:*")).isTrue();
    return new HistoryLink(
        sockets,
        loop,
        Endpoint.parse(history.getLastEndpoint()),
        "s",
        "t",
        new HistoryLink.Listener() {
          @Override
          public void answered(HistoryLink.Answer answer) {
            answered.add(answer.first());
          }

          @Override
          public void malformed(MalformedMessageException fault) {
            throw new AssertionError(fault);
          }
        });
  }

  @AfterEach
  void end() {
    link.close();
    loop.close();
    sockets.close();
    context.close();
  }

  /** The parts before the question itself, to be sent back. */
  private List<byte[]> question() {
    List<byte[]> parts = new ArrayList<>();
    do {
      byte[] part = history.recv();
      assertThat(part).as("a question").isNotNull();
      parts.add(part);
    } while (history.hasReceiveMore());
    assertThat(new String(parts.get(3), StandardCharsets.UTF_8)).contains("\"frames\"");
    return parts.subList(0, 3);
  }

  private void answer(List<byte[]> envelope, long first) {
    envelope.forEach(part -> history.send(part, ZMQ.SNDMORE));
    history.send(ControlMessage.ok().with("stream", "a").with("first", first).encode());
  }

  private void runUntil(BooleanSupplier holds) {
    condition = holds;
    loop.run();
  }

  @Test
  void aQuestionThatWasAskedTwiceIsAwaitedUntilItsSecondAnswer() {
    link.askFrames("a", 0, 0, 8);
    List<byte[]> first = question();
    runUntil(link::asksInVain);
    link.askFrames("a", 0, 0, 8);
    List<byte[]> second = question();
    answer(first, 1);
    runUntil(() -> !answered.isEmpty());
    assertThat(link.isAwaited()).isTrue();
    answer(second, 2);
    runUntil(() -> answered.size() == 2);
    assertThat(answered).containsExactly(1L, 2L);
    assertThat(link.isAwaited()).isFalse();
  }

  @Test
  void anAnswerThatNeverComesIsNotAwaitedWhenTheNextIsThere() {
    link.askFrames("a", 0, 0, 8);
    question();
    runUntil(link::asksInVain);
    link.askFrames("a", 0, 0, 8);
    answer(question(), 2);
    runUntil(() -> !answered.isEmpty());
    assertThat(link.isAwaited()).isFalse();
  }
}
