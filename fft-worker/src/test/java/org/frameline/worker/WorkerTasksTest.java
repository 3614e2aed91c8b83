package org.frameline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.Reference;
import org.frameline.protocol.StreamMessage.References;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.frameline.protocol.ring.FrameRing;
import org.frameline.protocol.ring.RingDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks whose pixels stand in the ring of a ventilator that the test plays. */
class WorkerTasksTest extends WorkerInTheMiddle {
  private static final int SLOTS = 3;

  private FrameRing ring;

  @BeforeEach
  void makeARing() throws IOException {
    ring = FrameRing.create(folder, "ventilator-1-0", HEIGHT * WIDTH * 3, SLOTS);
  }

  @AfterEach
  void removeTheRing() throws IOException {
    ring.close();
  }

  private void write(Frame frame, long index) {
    ring.begin(index).put(frame.payload().duplicate());
    ring.commit(index);
  }

  private Reference reference(Frame frame, long index, Map<String, Object> more) {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put(FrameHeader.RING, ring.file().toString());
    extra.put(FrameHeader.RING_INDEX, index);
    extra.putAll(more);
    return new Reference("ring/camera_frame", frame.header().with(extra));
  }

  @Test
  void saysWhereItCanReadRings() throws Exception {
    work();
    WorkerNotice ready = (WorkerNotice) next();
    assertThat(ready.extra()).containsEntry("ring_domain", RingDirectory.find().domain());
    assertThat(ready.extra()).containsEntry("references", References.MOST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void transformsWhatStandsInTheRingLikeWhatComesInline(String threads) throws Exception {
    work("--threads", threads);
    awaitReady();
    for (long n = 0; n < 10; n++) {
      give(frame(n));
      Frame inline = result();
      write(frame(n), n);
      give(reference(frame(n), n, Map.of()));
      Frame result = result();
      assertThat(result.payload()).isEqualTo(inline.payload());
      assertThat(result.topic()).isEqualTo("camera_frame");
      assertThat(result.header().extra().keySet()).isEqualTo(inline.header().extra().keySet());
    }
    give(new SeriesEnd("camera_frame", "s", 10));
    assertThat(exit.join()).isZero();
  }

  @Test
  void takesSeveralTasksInOneMessageOneByOne() throws Exception {
    work();
    awaitReady();
    List<FrameHeader> headers = new ArrayList<>();
    for (long n = 0; n < SLOTS; n++) {
      write(frame(n), n);
      headers.add(reference(frame(n), n, Map.of()).header());
    }
    headers.add(1, reference(frame(9), 9, Map.of()).header());
    give(new References("ring/camera_frame", headers));
    give(frame(3));
    for (long n = 0; n <= SLOTS; n++) {
      assertThat(result().header().frame()).isEqualTo(n);
    }
    give(new SeriesEnd("camera_frame", "s", 4));
    assertThat(exit.join()).isZero();
    assertThat(report()).contains("\"frames\" : 4").contains("\"unreadable\" : 1");
  }

  @Test
  void whatIsOverwrittenIsDroppedAndCounted() throws Exception {
    work();
    awaitReady();
    write(frame(0), 0);
    write(frame(3), SLOTS);
    give(reference(frame(0), 0, Map.of()));
    give(reference(frame(3), SLOTS, Map.of()));
    assertThat(result().header().frame()).isEqualTo(3);
    give(new SeriesEnd("camera_frame", "s", 4));
    assertThat(exit.join()).as("somebody else has it").isZero();
    assertThat(report()).contains("\"unreadable\" : 1").contains("\"missing\" : 0");
  }

  @Test
  void aReferenceThatMakesNoSenseIsDropped() throws Exception {
    work();
    awaitReady();
    write(frame(1), 1);
    Path other = Files.write(folder.resolve("frameline-ventilator-2.ring"), new byte[5_000]);
    List<Map<String, Object>> wrongs =
        List.of(
            Map.of("ring", 7),
            Map.of("ring", ""),
            Map.of("ring", "\0"),
            Map.of("ring", "/nowhere/frameline-ventilator-1-0.ring"),
            Map.of("ring", other.toString()),
            Map.of("ring", "/etc/passwd"),
            Map.of("ring_index", -1),
            Map.of("ring_index", Long.MAX_VALUE),
            Map.of("ring_index", "1"),
            Map.of("ring_index", 2));
    for (Map<String, Object> wrong : wrongs) {
      give(reference(frame(0), 1, wrong));
    }
    give(reference(frame(1), 1, Map.of()));
    assertThat(result().header().frame()).isEqualTo(1);
    give(new SeriesEnd("camera_frame", "s", 2));
    assertThat(exit.join()).isZero();
    assertThat(report()).contains("\"unreadable\" : " + wrongs.size());
  }
}
