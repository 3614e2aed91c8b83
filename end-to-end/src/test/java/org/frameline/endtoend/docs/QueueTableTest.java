package org.frameline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.testing.Checkout;
import org.junit.jupiter.api.Test;

/** The table of queues in docs/architecture.md has the numbers that the code has, row by row. */
class QueueTableTest {
  private static final String HEAD = "| where | how much | when it is full |";
  private static final long MIB = 1L << 20;

  /** Where a number stands in the code, and in which unit the table gives it. */
  private record Constant(String type, String name, long unit, String suffix) {
    String inWords() throws ReflectiveOperationException {
      Field field = Class.forName("org.frameline." + type).getDeclaredField(name);
      field.setAccessible(true);
      long value = ((Number) field.get(null)).longValue();
      assertThat(value % unit).as("%s.%s in whole%s", type, name, suffix).isZero();
      return value / unit + suffix;
    }
  }

  private static Constant count(String type, String name) {
    return new Constant(type, name, 1, "");
  }

  private static Constant mib(String type, String name) {
    return new Constant(type, name, MIB, " MiB");
  }

  /** By how a row begins; rows without a constant have their number from an option or a machine. */
  private static Map<String, List<Constant>> rows() {
    Map<String, List<Constant>> rows = new LinkedHashMap<>();
    rows.put("publisher's history", List.of());
    rows.put(
        "publisher's PUB queue",
        List.of(
            mib("publisher.Publisher", "QUEUE_BYTES"),
            count("publisher.Publisher", "FEWEST_QUEUED"),
            count("publisher.Publisher", "MOST_QUEUED")));
    rows.put(
        "subscriber, from the history",
        List.of(
            count("protocol.socket.HistoryLink", "CREDIT"),
            count("publisher.HistoryServer", "MOST_FRAMES")));
    rows.put(
        "publisher's answers from the history",
        List.of(count("protocol.socket.Sockets", "FRAMES_QUEUE")));
    rows.put("recorder's SUB queue", List.of(count("recorder.RecorderLoop", "QUEUED_FRAMES")));
    rows.put(
        "recorder, sink: written, but not yet on the disk",
        List.of(mib("recording.write.Checkpointer", "MOST_UNFORCED_BYTES")));
    rows.put("recorder, waiting to be compressed", List.of());
    rows.put(
        "ventilator's SUB queue", List.of(count("ventilator.VentilatorLoop", "QUEUED_FRAMES")));
    rows.put("held by the ventilator", List.of(count("sink.Handshake", "DEFAULT_WINDOW")));
    rows.put(
        "the ventilator's ring of frames", List.of(mib("ventilator.FrameHolder", "MOST_BYTES")));
    rows.put(
        "per worker: PUSH, PULL",
        List.of(
            count("ventilator.PushDealer", "QUEUED_PER_WORKER"),
            count("worker.PullTasks", "QUEUED_TASKS"),
            count("worker.CreditTasks", "ROOM")));
    rows.put(
        "worker, waiting for a thread",
        List.of(
            count("worker.TransformThreads", "LEAST_WAITING"),
            count("worker.TransformThreads", "MOST_WAITING")));
    rows.put(
        "subscriber or worker, from one message",
        List.of(count("protocol.StreamMessage$References", "MOST")));
    rows.put("references that wait to go", List.of(count("protocol.GatheredReferences", "MOST")));
    rows.put(
        "ventilator, to be dealt out together",
        List.of(count("ventilator.PushDealer", "MOST_TOGETHER")));
    rows.put("worker's results", List.of(count("worker.WorkerLoop", "QUEUED_RESULTS")));
    rows.put(
        "worker's ring of results",
        List.of(count("worker.ResultRing", "ON_THE_WAY"), mib("worker.ResultRing", "MOST_BYTES")));
    rows.put("sink's PULL queue", List.of(count("sink.SinkLoop", "QUEUED_RESULTS")));
    rows.put(
        "replay, `export`, `plot`",
        List.of(mib("recording.images.ChunkCache", "MOST_BYTES_AHEAD")));
    rows.put(
        "`export`, to be coded",
        List.of(
            count("analysis.video.VideoFile", "WAITING"),
            mib("analysis.export.PictureOutput", "MOST_BYTES_WAITING")));
    rows.put("sink, waiting for an earlier frame", List.of());
    rows.put(
        "`serve`, answers",
        List.of(
            count("transfer.FileQuestions", "QUEUED_ANSWERS"),
            mib("transfer.Pieces", "BYTES"),
            count("transfer.Clients", "MOST")));
    rows.put(
        "`fetch`, questions",
        List.of(count("transfer.RemoteFolder", "ASKED_AHEAD"), mib("transfer.Pieces", "BYTES")));
    rows.put(
        "control sockets",
        List.of(
            count("protocol.socket.Sockets", "CONTROL_QUEUE"),
            new Constant("protocol.ControlMessage", "MAX_BYTES", 1024, " KiB")));
    return rows;
  }

  @Test
  void everyRowHasTheNumbersOfTheCode() throws IOException, ReflectiveOperationException {
    List<String[]> table =
        Checkout.read("docs/architecture.md")
            .lines()
            .dropWhile(line -> !line.equals(HEAD))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.substring(2).split(" \\| ", -1))
            .toList();
    Map<String, List<Constant>> rows = rows();
    assertThat(table).hasSameSizeAs(rows.keySet());
    int index = 0;
    for (Map.Entry<String, List<Constant>> row : rows.entrySet()) {
      String[] cells = table.get(index++);
      assertThat(cells[0]).startsWith(row.getKey());
      for (Constant constant : row.getValue()) {
        assertThat(cells[1])
            .as("%s, by %s", cells[0], constant)
            .containsPattern("\\b" + constant.inWords() + "\\b");
      }
    }
  }
}
