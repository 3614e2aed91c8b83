package org.frameline.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.ReceivedFrames;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.testing.NoThreadLeft;
import org.frameline.testing.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The file of a sink between a ventilator and workers that the test plays; judged by h5py. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class SinkFileTest {
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

  @Test
  void writesWhatComesInAnyOrderOnceAndInOrder() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.ask(ControlMessage.request("hello").with("window", 8));
    sink.ask(RunningSink.about("progress", "s", 0));
    sink.sendResults(2, 0, 1, 1, 5, 3, 0, 4);
    sink.awaitReceived(6);
    sink.end("s", 0, 6);
    assertThat(sink.exitCode()).isZero();
    assertThat(sink.entries("spectra.h5"))
        .containsExactly("entry [0, 1, 2, 3, 4, 5] [] [2, 3] complex64 True");
    assertThat(sink.report())
        .contains("\"frames\" : 6", "\"missing\" : 0", "\"duplicate\" : 2", "\"late\" : 0")
        .contains("\"w1\"", "\"p99\"", "\"timeline\"");
    assertThat(sink.err()).isEmpty();
  }

  /** h5dump names the filters; h5py compares the checksums of all that it reads. */
  @Test
  void theFileCanHaveChecksums() throws Exception {
    sink.start("--out", sink.file("spectra.h5"), "--checksum", "fletcher32");
    sink.ask(RunningSink.about("progress", "s", 0));
    sink.sendResults(0, 1, 2);
    sink.awaitReceived(3);
    sink.end("s", 0, 4);
    assertThat(sink.exitCode()).isEqualTo(3);
    assertThat(sink.entries("spectra.h5"))
        .containsExactly("entry [0, 1, 2] [[3, 1]] [2, 3] complex64 True");
    String printed =
        Program.run(Path.of("."), "h5dump", "-pH", sink.file("spectra.h5")).succeeded();
    assertThat(printed.split("CHECKSUM FLETCHER32", -1))
        .as("data, frame_number, timestamp_ns and missing in %s", printed)
        .hasSize(4 + 1);
  }

  @Test
  void listsWhatIsMissingBeforeBetweenAndAfter() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.ask(RunningSink.about("progress", "s", 10));
    sink.sendResults(12, 11, 15);
    sink.awaitReceived(3);
    sink.end("s", 10, 18);
    assertThat(sink.exitCode()).isEqualTo(3);
    assertThat(sink.entries("spectra.h5"))
        .containsExactly("entry [11, 12, 15] [[10, 1], [13, 2], [16, 2]] [2, 3] complex64 True");
    assertThat(sink.report()).contains("\"frames\" : 3", "\"missing\" : 5");
  }

  @Test
  void givesUpAFrameWhenItsWindowHasPassedAndNobodyWantsToWait() throws Exception {
    sink.start("--out", sink.file("spectra.h5"), "--no-ordered");
    sink.ask(ControlMessage.request("hello").with("window", 2));
    sink.ask(RunningSink.about("progress", "s", 0));
    sink.sendResults(1, 2, 3, 4, 0, 5);
    sink.awaitReceived(6);
    sink.end("s", 0, 6);
    assertThat(sink.exitCode()).as("one is not in the file").isEqualTo(3);
    assertThat(sink.entries("spectra.h5"))
        .containsExactly("entry [1, 2, 3, 4, 5] [[0, 1]] [2, 3] complex64 True");
    assertThat(sink.report()).contains("\"late\" : 1");
  }

  @Test
  void waitsForAFrameUntilTheVentilatorHasSettledIt() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.ask(ControlMessage.request("hello").with("window", 4));
    assertThat(sink.ask(RunningSink.dealt("progress", "s", 0, 0, false)).isTrue("ordered"))
        .isTrue();
    sink.sendResults(1, 2, 3, 4, 5, 0, 9, 8);
    sink.awaitReceived(8);
    sink.ask(RunningSink.dealt("progress", "s", 0, 7, false));
    sink.sendResults(6);
    sink.awaitReceived(9);
    sink.end("s", 0, 10);
    assertThat(sink.exitCode()).isEqualTo(3);
    assertThat(sink.entries("spectra.h5"))
        .containsExactly("entry [0, 1, 2, 3, 4, 5, 8, 9] [[6, 2]] [2, 3] complex64 True");
    assertThat(sink.report()).contains("\"late\" : 1", "\"missing\" : 1");
  }

  @Test
  void beginsTheNextStreamWhenTheVentilatorIsDoneWithTheOneBefore() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.name("a", "b");
    sink.send(Results.result("a", 0, "w1"));
    sink.send(Results.result("b", 0, "w1"));
    sink.send(Results.result("b", 1, "w1"));
    sink.send(Results.result("a", 2, "w1"));
    sink.awaitReceived(4);
    sink.ask(
        RunningSink.dealt(
            "progress",
            new DealtStream("a", 0, 4, 4, true),
            new DealtStream("b", 0, 0, DealtStream.UNLIMITED, false)));
    sink.send(Results.result("b", 2, "w1"));
    sink.awaitReceived(5);
    sink.end("b", 0, 3);
    assertThat(sink.exitCode()).isEqualTo(3);
    assertThat(sink.entries("spectra.h5"))
        .containsExactly(
            "entry [0, 2] [[1, 1], [3, 1]] [2, 3] complex64 True",
            "entry_2 [0, 1, 2] [] [2, 3] complex64 True");
  }

  /** However their results come; none of them ends the stream before it. */
  @Test
  void writesTheStreamsInTheOrderInWhichTheyWereNamed() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.name("a", "b", "c");
    for (String stream : List.of("c", "b", "a", "c", "b", "a")) {
      sink.send(Results.result(stream, 0, "w1"));
      sink.send(Results.result(stream, 1, "w1"));
    }
    sink.awaitReceived(6);
    // One of them the ventilator ends, the other it no longer names.
    sink.ask(
        RunningSink.dealt(
            "progress",
            new DealtStream("a", 0, 3, 3, true),
            new DealtStream("c", 0, 0, DealtStream.UNLIMITED, false)));
    sink.send(Results.result("a", 2, "w1"));
    sink.send(Results.result("c", 2, "w1"));
    sink.awaitReceived(8);
    sink.end("c", 0, 3);
    assertThat(sink.exitCode()).as("frame 2 of a came too late").isEqualTo(3);
    assertThat(sink.entries("spectra.h5"))
        .containsExactly(
            "entry [0, 1] [[2, 1]] [2, 3] complex64 True",
            "entry_2 [0, 1] [] [2, 3] complex64 True",
            "entry_3 [0, 1, 2] [] [2, 3] complex64 True");
    assertThat(sink.report()).contains("\"duplicate\" : 6", "\"late\" : 1");
  }

  @Test
  void keepsWhatItAcknowledgesAndGoesOnThereWhenItIsStartedAgain() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.name("s");
    sink.sendResults(0, 1, 2, 4);
    sink.awaitReceived(4);
    sink.awaitKept("s", 3);
    assertThat(ReceivedFrames.in(sink.ask(RunningSink.dealt("progress", "s", 0, 1, false))))
        .as("frame 4 waits for frame 3, so it is in memory alone")
        .containsExactly(new ReceivedFrames("s", 3, List.of(new FrameSet.Run(4, 1))).keptBelow(3));
    assertThat(sink.entries("spectra.h5"))
        .containsExactly("entry [0, 1, 2] [] [2, 3] complex64 True");
    Path killed = Files.copy(folder.resolve("spectra.h5"), folder.resolve("killed.h5"));
    sink.close();

    sink = new RunningSink(folder);
    sink.start("--out", killed.toString(), "--append");
    assertThat(sink.ask("hello").objects("resume").get(0).fields())
        .containsEntry("stream", "s")
        .containsEntry("frame", 3);
    assertThat(ReceivedFrames.in(sink.ask(RunningSink.dealt("progress", "s", 0, 1, false))))
        .containsExactly(new ReceivedFrames("s", 3, List.of()).keptBelow(3));
    sink.sendResults(2, 4, 3, 5, 4);
    sink.awaitReceived(3);
    sink.awaitKept("s", 6);
    sink.end("s", 0, 7);
    assertThat(sink.exitCode()).as("frame 6 is missing").isEqualTo(3);
    assertThat(sink.entries("killed.h5"))
        .containsExactly(
            "entry [0, 1, 2] [] [2, 3] complex64 True",
            "entry_2 [3, 4, 5] [[6, 1]] [2, 3] complex64 True");
    assertThat(sink.report())
        .contains("\"frames\" : 3", "\"resumed\" : 3", "\"missing\" : 1", "\"duplicate\" : 2");
  }

  @Test
  void keepsTheStreamsApartWhenAPublisherWasRestarted() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.name("a", "b");
    sink.send(Results.result("a", 0, "w1"));
    sink.send(Results.result("b", 1, "w1"));
    sink.send(Results.result("a", 2, "w1"));
    sink.send(Results.result("b", 0, "w1"));
    sink.send(Results.result("a", 1, "w1"));
    sink.awaitReceived(5);
    sink.end("b", 0, 3);
    assertThat(sink.exitCode()).isEqualTo(3);
    assertThat(sink.entries("spectra.h5"))
        .containsExactly(
            "entry [0, 1, 2] [] [2, 3] complex64 True",
            "entry_2 [0, 1] [[2, 1]] [2, 3] complex64 True");
    assertThat(sink.report()).contains("\"missing\" : 1");
  }

  @Test
  void doesNotCallMissingWhatStandsInTheEntryBeforeAChangeOfShape() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.ask(RunningSink.about("progress", "s", 0));
    sink.sendResults(0, 1);
    FrameHeader wide = new FrameHeader(List.of(1, 1), ElementType.COMPLEX64, 3, 5, "s", Map.of());
    ByteBuffer three =
        ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN).putFloat(3).putFloat(-2);
    sink.send(new Frame("t", wide, three.flip()));
    sink.awaitReceived(3);
    sink.end("s", 0, 4);
    assertThat(sink.exitCode()).isEqualTo(3);
    assertThat(sink.entries("spectra.h5"))
        .containsExactly(
            "entry [0, 1] [] [2, 3] complex64 True", "entry_2 [3] [[2, 1]] [1, 1] complex64 True");
  }

  @Test
  void writesArraysWithAnyShapeAndAnyExtraKeys() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.name("s");
    Map<String, Object> strange = new LinkedHashMap<>();
    strange.put("nested", Map.of("a", List.of(1)));
    strange.put("nothing", null);
    strange.put("mixed", Arrays.asList(1, "x"));
    strange.put("NX_class", "NXevil");
    strange.put("", "no name");
    strange.put("a/b", "a slash");
    strange.put("worker", 5);
    strange.put("source", 5);
    long number = 0;
    for (ElementType type : ElementType.values()) {
      for (List<Integer> shape : List.of(List.of(1), List.of(1, 1, 1, 1, 1, 1, 1, 2))) {
        FrameHeader header = new FrameHeader(shape, type, number++, -5, "s", strange);
        sink.send(new Frame("t", header, ByteBuffer.allocate((int) header.payloadBytes())));
      }
    }
    sink.awaitReceived(number);
    sink.end("s", 0, number);
    assertThat(sink.exitCode()).isZero();
    assertThat(sink.entries("spectra.h5")).hasSize((int) number);
    assertThat(sink.err()).isEmpty();
  }

  @Test
  void stopsAtOnceAndLeavesAFileThatOpens() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.ask(RunningSink.about("progress", "s", 0));
    sink.sendResults(0, 1, 3);
    sink.awaitReceived(3);
    long start = System.nanoTime();
    sink.stop();
    assertThat(sink.exitCode()).isEqualTo(3);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(sink.entries("spectra.h5"))
        .containsExactly("entry [0, 1, 3] [[2, 1]] [2, 3] complex64 True");
  }
}
