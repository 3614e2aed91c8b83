package org.frameline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.fft.Precision;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumOutput;
import org.frameline.fft.SpectrumTransform;
import org.frameline.fft.engine.FftEngines;
import org.frameline.program.command.Failures;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.Reference;
import org.frameline.protocol.StreamMessage.References;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.frameline.protocol.ring.FrameRing;
import org.frameline.protocol.ring.RingTaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Results on their way to the sink: out of several threads, and through the ring. */
class WorkerResultsTest extends WorkerInTheMiddle {
  @Test
  void severalThreadsGiveTheSameResultsInTheOrderOfTheFrames() throws Exception {
    work("--threads", "3");
    awaitReady();
    int frames = 40;
    List<byte[]> one = new ArrayList<>();
    for (int n = 0; n < frames; n++) {
      // Another shape from time to time, which has to wait for those before it.
      give(n % 7 == 6 ? small(n) : frame(n));
    }
    for (int n = 0; n < frames; n++) {
      Frame result = result();
      assertThat(result.header().frame()).isEqualTo(n);
      one.add(result.payload().array());
    }
    give(new SeriesEnd("camera_frame", "s", frames));
    assertThat(exit.join()).isZero();
    assertThat(report()).contains("\"frames\" : " + frames, "\"threads\" : 3");
    SpectrumTransform alone =
        new SpectrumTransform(
            new SpectrumFormat(
                List.of(HEIGHT, WIDTH, 3),
                ElementType.UINT8,
                SpectrumOutput.COMPLEX,
                Precision.FLOAT32),
            FftEngines.all().best());
    for (int n = 0; n < frames; n++) {
      if (n % 7 != 6) {
        ByteBuffer want = ByteBuffer.allocate(one.get(n).length).order(ByteOrder.LITTLE_ENDIAN);
        alone.transform(frame(n).payload(), want);
        assertThat(one.get(n)).as("frame %d", n).isEqualTo(want.array());
      }
    }
  }

  private static Frame small(long number) {
    FrameHeader header =
        new FrameHeader(List.of(2, 2), ElementType.UINT8, number, 0, "s", Map.of());
    return new Frame("camera_frame", header, ByteBuffer.allocate(4));
  }

  @Test
  void resultsCountForTheStreamOfTheirFrame() throws Exception {
    work("--threads", "2");
    awaitReady();
    for (int round = 0; round < 10; round++) {
      // A stream begins while results of the one before are in the making.
      give(frame(round));
      give(frame(round));
      FrameHeader other =
          new FrameHeader(List.of(4, 4), ElementType.UINT16, round, 0, "t", Map.of());
      give(new Frame("camera_frame", other, ByteBuffer.allocate(32)));
    }
    for (int n = 0; n < 30; n++) {
      result();
    }
    give(new SeriesEnd("camera_frame", "t", 10));
    assertThat(exit.join()).isZero();
    Map<String, Integer> processed = new LinkedHashMap<>();
    new ObjectMapper()
        .readTree(report())
        .get("streams")
        .forEach(one -> processed.put(one.get("stream").asText(), one.get("processed").asInt()));
    assertThat(processed).isEqualTo(Map.of("s", 20, "t", 10));
  }

  @Test
  void threadsShareTheRing() throws Exception {
    work("--threads", "2", "--output", "power");
    awaitReady();
    give(frame(0));
    byte[] inline = result().payload().array();
    WorkerNotice notice = ringNotice("");
    List<Reference> references = new ArrayList<>();
    try (RingTaker ring =
        RingTaker.open(Path.of(notice.extra().get("ring").toString()), notice.worker())) {
      ring.take(0);
      for (int i = 0; i < 13; i++) {
        give(frame(0));
      }
      for (int i = 0; i < 13; i++) {
        assertThat(result(ring, references)).isEqualTo(inline);
      }
      assertThat(references).as("slots for two in work and three that wait").hasSize(12);
      assertThat(references)
          .extracting(reference -> reference.header().number("ring_index").orElseThrow())
          .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
      // What is announced is what has been sent, not what is in the making.
      WorkerNotice next = (WorkerNotice) next();
      assertThat(next.extra()).containsEntry("ring_index", 12);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1025", "two", ""})
  void aNumberOfThreadsThatCannotBeIsOneLine(String threads) throws Exception {
    StringWriter told = new StringWriter();
    CommandLine command =
        new CommandLine(new FftCommand(stop))
            .setErr(new PrintWriter(told, true))
            .setExecutionExceptionHandler(new Failures());
    assertThat(command.execute("--threads", threads)).isEqualTo(2);
    assertThat(told.toString())
        .contains("--threads: expected 1 to 1024 or all, found \"" + threads + "\"");
    exit.complete(0);
  }

  /** The next result, whichever way it comes, as its bytes. */
  private byte[] result(RingTaker ring, List<Reference> references) throws Exception {
    StreamMessage message = next();
    while (message instanceof WorkerNotice) {
      message = next();
    }
    if (message instanceof Frame inline) {
      return inline.payload().array();
    }
    Reference reference = (Reference) message;
    references.add(reference);
    ByteBuffer result = ByteBuffer.allocate((int) reference.header().payloadBytes());
    long index = reference.header().number("ring_index").orElseThrow();
    assertThat(ring.frames().read(index, result)).isTrue();
    return result.array();
  }

  @Test
  void resultsGoThroughTheRingAsLongAsSomebodyTakesThemOut() throws Exception {
    work();
    awaitReady();
    give(frame(0));
    byte[] inline = result().payload().array();
    WorkerNotice notice = ringNotice("");
    assertThat(notice.extra()).containsEntry("ring_index", 0);
    Path file = Path.of(notice.extra().get("ring").toString());
    List<Reference> references = new ArrayList<>();
    try (RingTaker ring = RingTaker.open(file, notice.worker())) {
      give(frame(0));
      assertThat(result(ring, references)).as("nobody reads the ring yet").isEqualTo(inline);
      assertThat(references).isEmpty();

      ring.take(0);
      for (int i = 0; i < 12; i++) {
        give(frame(0));
        assertThat(result(ring, references)).isEqualTo(inline);
      }
      assertThat(references).as("then all its slots are full").hasSize(11);

      ring.take(7);
      for (int i = 0; i < 9; i++) {
        give(frame(0));
        assertThat(result(ring, references)).isEqualTo(inline);
      }
      assertThat(references).hasSize(11 + 7);
      Reference last = references.get(17);
      assertThat(last.topic()).isEqualTo("ring/camera_frame");
      assertThat(last.header().number("ring_index")).contains(17L);
      assertThat(last.header().text("ring")).contains(file.toString());
      assertThat(last.header().text("worker")).contains(notice.worker());
      give(new SeriesEnd("camera_frame", "s", 1));
      assertThat(exit.join()).isZero();
      assertThat(report()).contains("\"through_ring\" : 18");
      assertThat(file).doesNotExist();
    }
  }

  /** What is in hand when a message with many tasks has come is sent in few. */
  @Test
  void aBusyWorkerSendsSeveralReferencesInOneMessage() throws Exception {
    work();
    awaitReady();
    give(frame(0));
    result();
    WorkerNotice notice = ringNotice("");
    Path file = Path.of(notice.extra().get("ring").toString());
    try (RingTaker ring = RingTaker.open(file, notice.worker());
        FrameRing tasks = FrameRing.create(folder, "ventilator-1-0", HEIGHT * WIDTH * 3, 8)) {
      ring.takesTogether(3);
      ring.take(0);
      List<FrameHeader> headers = new ArrayList<>();
      for (long n = 0; n < 8; n++) {
        tasks.begin(n).put(frame(n).payload().duplicate());
        tasks.commit(n);
        Map<String, Object> where = Map.of("ring", tasks.file().toString(), "ring_index", n);
        headers.add(frame(n).header().with(where));
      }
      give(new References("ring/camera_frame", headers));
      List<Long> frames = new ArrayList<>();
      int most = 0;
      while (frames.size() < 8) {
        StreamMessage message = next();
        if (message instanceof References some) {
          most = Math.max(most, some.headers().size());
          some.headers().forEach(header -> frames.add(header.frame()));
        } else if (message instanceof Reference one) {
          frames.add(one.header().frame());
        } else {
          // No result that was sent before it counts as needed still.
          assertThat(((WorkerNotice) message).extra()).containsEntry("ring_index", frames.size());
        }
      }
      assertThat(frames).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
      assertThat(most).isEqualTo(3);
    }
  }

  @Test
  void largerResultsGetALargerRing() throws Exception {
    work("--output", "power");
    awaitReady();
    give(frame(0));
    result();
    FrameHeader header = new FrameHeader(List.of(64, 64), ElementType.UINT8, 0, 0, "t", Map.of());
    WorkerNotice first = ringNotice("");
    give(new Frame("t", header, ByteBuffer.allocate(64 * 64)));
    result();
    WorkerNotice second = ringNotice(first.extra().get("ring").toString());
    assertThat(Path.of(first.extra().get("ring").toString())).doesNotExist();
    try (RingTaker ring =
        RingTaker.open(Path.of(second.extra().get("ring").toString()), second.worker())) {
      assertThat(ring.frames().frameBytes()).isEqualTo(64 * 33 * 4);
    }
  }

  /** The next notice that names a ring other than this one. */
  private WorkerNotice ringNotice(String other) throws Exception {
    WorkerNotice notice = (WorkerNotice) next();
    while (notice.extra().getOrDefault("ring", other).equals(other)) {
      notice = (WorkerNotice) next();
    }
    return notice;
  }
}
