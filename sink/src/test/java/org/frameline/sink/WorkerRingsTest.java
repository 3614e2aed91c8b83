package org.frameline.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.Reference;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.frameline.protocol.ring.FrameRing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerRingsTest {
  private static final int BYTES = 48;

  @TempDir Path folder;
  private final WorkerRings rings = new WorkerRings(1_000);
  private FrameRing ring;

  @BeforeEach
  void makeARing() throws IOException {
    ring = FrameRing.create(folder, "w1-0", BYTES, 3);
  }

  @AfterEach
  void closeAll() throws IOException {
    rings.close();
    ring.close();
  }

  private static WorkerNotice notice(
      String worker, WorkerNotice.State state, Path file, long next) {
    return new WorkerNotice(
        "worker", worker, state, Map.of("ring", file.toString(), "ring_index", next));
  }

  private void ready(long next) {
    rings.notice(notice("w1", WorkerNotice.State.READY, ring.file(), next));
  }

  private void write(Frame result, long index) {
    ring.begin(index).put(result.payload().duplicate());
    ring.commit(index);
  }

  private static ByteBuffer numbers(Result result) {
    ByteBuffer copy = ByteBuffer.allocate(result.numbers().bytes());
    assertThat(result.numbers().copyTo(copy)).isTrue();
    return copy;
  }

  private Reference reference(Frame result, long index, Map<String, Object> more) {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("ring", ring.file().toString());
    extra.put("ring_index", index);
    extra.putAll(more);
    return new Reference("ring/camera_frame", result.header().with(extra));
  }

  @Test
  void aNoticeOpensTheRingAndAReferenceIsReadAsIfItHadComeInline() {
    assertThat(ring.taken()).isEqualTo(-1);
    ready(0);
    assertThat(ring.taken()).isZero();
    for (long index = 0; index < 7; index++) {
      Frame result = Results.result(100 + index);
      write(result, index);
      Result found = rings.find(reference(result, index, Map.of())).orElseThrow();
      assertThat(found.header()).isEqualTo(result.header());
      assertThat(numbers(found)).isEqualTo(result.payload());
      assertThat(ring.taken()).as("it waits for its turn").isEqualTo(index);
      found.release().run();
      assertThat(ring.taken()).isEqualTo(index + 1);
    }
    assertThat(rings.read()).isEqualTo(7);
    assertThat(rings.unreadable()).isZero();
  }

  @Test
  void aSinkThatWasRestartedReadsWhatIsStillThereAndFreesTheRest() {
    Frame result = Results.result(5);
    write(result, 4);
    rings.find(reference(result, 4, Map.of())).orElseThrow().release().run();
    ready(6);
    assertThat(ring.taken()).isEqualTo(6);
  }

  @Test
  void whatWasOverwrittenOrIsNotThereIsUnreadable() {
    ready(0);
    Frame result = Results.result(1);
    write(result, 1);
    write(result, 4);
    assertThat(rings.find(reference(result, 1, Map.of()))).as("overwritten").isEmpty();
    assertThat(rings.find(reference(result, 5, Map.of()))).as("not yet").isEmpty();
    assertThat(rings.find(reference(result, 4, Map.of()))).isPresent();
    assertThat(rings.unreadable()).isEqualTo(2);
  }

  @Test
  void whatWaitsForItsTurnKeepsItsSlotWhateverComesAfterIt() {
    ready(0);
    Result[] found = new Result[3];
    for (int index = 0; index < 3; index++) {
      write(Results.result(index), index);
      found[index] = rings.find(reference(Results.result(index), index, Map.of())).orElseThrow();
    }
    found[2].release().run();
    assertThat(ring.taken()).isZero();
    found[0].release().run();
    assertThat(ring.taken()).isEqualTo(1);
    ready(3);
    assertThat(ring.taken()).as("the notice frees what is not held").isEqualTo(1);
    found[1].release().run();
    assertThat(ring.taken()).isEqualTo(3);
  }

  @Test
  void passesResultsWhoseNumbersNobodyWants() {
    Frame result = Results.result(1);
    write(result, 1);
    assertThat(rings.pass(reference(result, 1, Map.of()))).isTrue();
    assertThat(ring.taken()).isEqualTo(2);
    write(result, 4);
    assertThat(rings.pass(reference(result, 1, Map.of()))).as("overwritten").isFalse();
    assertThat(ring.taken()).isEqualTo(2);
    assertThat(rings.read()).isEqualTo(1);
    assertThat(rings.unreadable()).isEqualTo(1);
  }

  @Test
  void aReferenceThatMakesNoSenseIsUnreadable() throws IOException {
    ready(0);
    Frame result = Results.result(1);
    write(result, 1);
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("ring", 7),
            Map.of("ring", "/nowhere/frameline-w1-0.ring"),
            Map.of("ring", "\0"),
            Map.of("ring", ""),
            Map.of("ring_index", -1),
            Map.of("ring_index", Long.MIN_VALUE),
            Map.of("ring_index", Long.MAX_VALUE),
            Map.of("ring_index", "1"),
            Map.of("worker", "w2"),
            Map.of("worker", ""))) {
      assertThat(rings.find(reference(result, 1, wrong))).as(wrong.toString()).isEmpty();
    }
    FrameHeader header = result.header();
    for (int length : new int[] {7, 1_000, Integer.MAX_VALUE}) {
      Reference larger =
          new Reference(
              "ring/camera_frame",
              new FrameHeader(
                  List.of(length),
                  header.type(),
                  1,
                  0,
                  "s",
                  reference(result, 1, Map.of()).header().extra()));
      assertThat(rings.find(larger)).as("%d elements", length).isEmpty();
    }
    assertThat(rings.unreadable()).isEqualTo(13);
    assertThat(rings.find(reference(result, 1, Map.of()))).isPresent();
  }

  @Test
  void whatIsNoRingIsLeftAlone() throws IOException {
    Path other = Files.write(folder.resolve("frameline-w2-0.ring"), new byte[5_000]);
    rings.notice(notice("w2", WorkerNotice.State.READY, other, 9));
    rings.notice(notice("w2", WorkerNotice.State.READY, ring.file(), 9));
    assertThat(Files.readAllBytes(other)).containsOnly(0);
    assertThat(ring.taken()).as("another worker's").isEqualTo(-1);
  }

  @Test
  void keepsOpenWhatMayBeReadStillAndNoMore() throws IOException {
    ready(0);
    Frame result = Results.result(1);
    write(result, 0);
    Path old = ring.file();
    ring.close();
    Result waits = rings.find(reference(result, 0, Map.of())).orElseThrow();
    assertThat(openFiles(old)).isEqualTo(1);
    rings.notice(notice("w1", WorkerNotice.State.LEAVING, old, 1));
    assertThat(numbers(waits)).as("its worker is gone").isEqualTo(result.payload());
    waits.release().run();
    assertThat(openFiles(old)).isZero();
  }

  private static long openFiles(Path file) throws IOException {
    long open = 0;
    try (var all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path one : all) {
        if (Files.isSymbolicLink(one)
            && Files.readSymbolicLink(one).toString().startsWith(file.toString())) {
          open++;
        }
      }
    }
    return open;
  }
}
