package org.frameline.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.Token;
import org.frameline.recording.check.RecordingCheck;
import org.frameline.testing.NoThreadLeft;
import org.frameline.testing.Python;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Results that no worker of ours was asked for, among those of a ventilator that the test plays.
 */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class StrangeResultsTest {
  @TempDir Path folder;
  private RunningSink sink;

  @BeforeEach
  void nothingRunsYet() {
    sink = new RunningSink(folder);
  }

  @AfterEach
  void endAll() {
    sink.close();
  }

  private void sendByte(String stream, long frame) {
    FrameHeader header = new FrameHeader(List.of(1), ElementType.UINT8, frame, 1, stream, Map.of());
    sink.send(new Frame("camera_frame", header, ByteBuffer.wrap(new byte[1])));
  }

  private void awaitStrange(long count) {
    await()
        .pollInSameThread()
        .until(() -> sink.ask("status").count("strange").orElseThrow() == count);
  }

  /** The file says so too, and so does verify. */
  private void requireUndisturbed(int strange) throws Exception {
    assertThat(sink.exitCode()).isZero();
    RecordingCheck.Result check =
        RecordingCheck.check(folder.resolve("spectra.h5"), finding -> {}, () -> false);
    assertThat(check.strange()).isEqualTo(strange);
    assertThat(check.missing() + check.damages()).isZero();
    String read = "import h5py; print(h5py.File('spectra.h5')['entry'].attrs['strange'])";
    assertThat(Python.runIn(folder, read)).isEqualToIgnoringWhitespace("" + strange);
    assertThat(sink.entries("spectra.h5"))
        .containsExactly("entry [0, 1, 2, 3] [] [2, 3] complex64 True");
    assertThat(sink.report())
        .contains("\"frames\" : 4", "\"missing\" : 0", "\"late\" : 0", "\"duplicate\" : 0")
        .contains("\"strange\" : " + strange);
  }

  @Test
  void framesOfOtherStreamsChangeNothing() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.name("s");
    sink.sendResults(0, 1);
    sink.awaitReceived(2);
    sendByte("x", 0);
    sendByte("y", 0);
    awaitStrange(2);
    sink.sendResults(2, 3);
    sink.awaitReceived(4);
    sink.end("s", 0, 4);
    requireUndisturbed(2);
    assertThat(sink.report()).doesNotContain("\"x\"", "\"y\"");
  }

  @Test
  void aFrameThatWasNeverDealtOutChangesNothing() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.ask(RunningSink.dealt("progress", new DealtStream("s", 0, 0, 4, false)));
    sink.sendResults(0, 1);
    sendByte("s", FrameHeader.MAX_FRAME);
    sendByte("s", 4);
    awaitStrange(2);
    assertThat(sink.ask("status").count("missing")).contains(0L);
    sink.sendResults(2, 3);
    sink.awaitReceived(4);
    sink.end("s", 0, 4);
    requireUndisturbed(2);
  }

  @Test
  void aThousandInventedStreamsLeaveRoomForTheNextOne() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.name("an earlier one");
    for (int i = 0; i < SinkLedger.MOST_STREAMS + 100; i++) {
      sendByte("invented " + i, i);
    }
    awaitStrange(SinkLedger.MOST_STREAMS + 100);
    sink.name("s");
    sink.sendResults(0, 1, 2, 3);
    sink.awaitReceived(4);
    sink.end("s", 0, 4);
    requireUndisturbed(SinkLedger.MOST_STREAMS + 100);
  }

  /** Over the handshake socket, by somebody who does not know the ventilator's token. */
  @Test
  void whatOthersThanTheVentilatorAskChangesNothing() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.ask(ControlMessage.request("hello").with("window", 8).with(Token.KEY, "the token"));
    DealtStream dealt = new DealtStream("s", 0, 0, 4, false);
    sink.ask(RunningSink.dealt("progress", dealt).with(Token.KEY, "the token"));
    sink.sendResults(0, 1);
    sink.awaitReceived(2);
    for (String token : List.of("", "another")) {
      for (String request : List.of("hello", "progress", "end", "goodbye")) {
        for (DealtStream forged :
            List.of(
                new DealtStream("x", 0, 0, 9, false),
                new DealtStream("s", 0, 4, DealtStream.UNLIMITED, true))) {
          ControlMessage question =
              RunningSink.dealt(request, forged)
                  .with("stream", forged.stream())
                  .with("published", 2)
                  .with("window", 1)
                  .with(Token.KEY, token);
          assertThat(sink.ask(question).text("error").orElseThrow())
              .isEqualTo("token: expected that of the ventilator that said hello, found another");
        }
      }
    }
    sendByte("x", 0);
    sendByte("s", 4);
    awaitStrange(2);
    assertThat(sink.ask("status").count("refused_requests")).contains(16L);
    assertThat(sink.ask("status").encode()).asString(UTF_8).doesNotContain("the token");
    sink.sendResults(2, 3);
    sink.awaitReceived(4);
    sink.ask(RunningSink.about("end", "s", 0).with("published", 4).with(Token.KEY, "the token"));
    sink.ask(ControlMessage.request("goodbye").with(Token.KEY, "the token"));
    requireUndisturbed(2);
  }

  @Test
  void anotherVentilatorTakesOverWhenTheFirstIsGone() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.askAnew(ControlMessage.request("hello").with(Token.KEY, "of the first"));
    await()
        .pollInSameThread()
        .until(
            () ->
                sink.ask(ControlMessage.request("hello").with(Token.KEY, "of the second")).isOk());
    assertThat(sink.ask(ControlMessage.request("hello").with(Token.KEY, "of the first")).isOk())
        .isFalse();
  }

  /** As after a restart of the sink: they are on their way still, and will come again. */
  @Test
  void whatComesBeforeTheVentilatorIsNotStrange() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.sendResults(0, 1);
    await().pollInSameThread().until(() -> sink.ask("status").count("early").orElseThrow() == 2);
    sink.name("s");
    sink.sendResults(0, 1);
    sink.awaitReceived(2);
    sink.end("s", 0, 2);
    assertThat(sink.exitCode()).isZero();
    assertThat(sink.entries("spectra.h5")).containsExactly("entry [0, 1] [] [2, 3] complex64 True");
    assertThat(sink.report()).contains("\"early\" : 2", "\"strange\" : 0");
  }

  /** What the ventilator allowed for, but had no frames for in the end. */
  @Test
  void framesBehindTheEndAreNotWritten() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.ask(RunningSink.dealt("progress", new DealtStream("s", 0, 0, 100, false)));
    sink.sendResults(0, 1, 2);
    sendByte("s", 7);
    sink.awaitReceived(4);
    sink.ask(RunningSink.dealt("end", new DealtStream("s", 0, 3, 4, false)));
    sink.sendResults(3);
    sink.awaitReceived(4);
    sink.end("s", 0, 4);
    requireUndisturbed(1);
  }

  @Test
  void framesBeforeTheFirstThatCountsAreNotWritten() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.ask(RunningSink.dealt("progress", new DealtStream("s", 2, 2, 100, false)));
    sink.sendResults(2, 1, 3);
    sink.awaitReceived(2);
    sink.end("s", 2, 4);
    assertThat(sink.exitCode()).isZero();
    assertThat(sink.entries("spectra.h5")).containsExactly("entry [2, 3] [] [2, 3] complex64 True");
    assertThat(sink.report()).contains("\"strange\" : 1", "\"late\" : 0");
  }
}
