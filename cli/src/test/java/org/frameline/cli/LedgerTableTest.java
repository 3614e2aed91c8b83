package org.frameline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.frameline.program.RunningProcess;
import org.frameline.program.StreamCounts;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.junit.jupiter.api.Test;

class LedgerTableTest {
  private final List<ProcessStatus> processes = new ArrayList<>();

  private static RunningProcess process(String program, long pid) {
    Endpoint control = new Endpoint("127.0.0.1", Long.toString(pid));
    return new RunningProcess(program, pid, "2026-11-21T15:00:00Z", "", control, "camera_frame");
  }

  private void answers(String program, long pid, StreamCounts... streams) {
    processes.add(
        new ProcessStatus(
            process(program, pid),
            ControlMessage.ok()
                .with("streams", Arrays.stream(streams).map(StreamCounts::toReport).toList())));
  }

  private static StreamCounts counts(
      String stream, long first, long received, long processed, long missing) {
    return new StreamCounts(stream, first, received, processed, missing, Map.of(), 0, 0, 0);
  }

  @Test
  void pendingIsWhatWasPublishedAndNeitherCameNorIsMissing() {
    answers("record", 3, counts("s", 10, 80, 80, 5));
    answers("publish", 2, counts("s", 0, 100, 100, 0));
    List<String> lines = new LedgerTable(processes).lines();
    assertThat(lines.get(0)).isEqualTo("stream s");
    assertThat(lines.get(1)).matches("process +received +processed +missing +pending +.*");
    assertThat(lines.get(2)).matches("publish 2 +100 +100 published +0 +0 .*");
    assertThat(lines.get(3)).matches("record 3 +80 +80 recorded +5 +5 .*");
  }

  @Test
  void aWorkerShallNotGetAllAndHasPendingWhatItHolds() {
    answers("publish", 2, counts("s", 0, 100, 100, 0));
    answers("fft", 4, counts("s", 0, 50, 49, 0));
    assertThat(new LedgerTable(processes).lines().get(3))
        .matches("fft 4 +50 +49 transformed +0 +1 .*");
  }

  @Test
  void streamsOfAPublisherThatIsGoneAreShownToo() {
    answers("record", 3, counts("old", 0, 7, 7, 1), counts("new", 0, 1, 1, 0));
    answers("publish", 2, counts("new", 0, 2, 2, 0));
    assertThat(new LedgerTable(processes).lines())
        .contains("stream old", "stream new")
        .filteredOn(line -> line.startsWith("record 3"))
        .hasSize(2)
        .first()
        .asString()
        .matches("record 3 +1 .*|record 3 +7 +7 recorded +1 +0 .*");
  }

  @Test
  void whoDoesNotAnswerIsNamed() {
    answers("publish", 2, counts("s", 0, 1, 1, 0));
    processes.add(new ProcessStatus(process("record", 77), null));
    LedgerTable table = new LedgerTable(processes);
    assertThat(table.isComplete()).isFalse();
    assertThat(table.lines())
        .contains(
            "NO ANSWER from record 77 (camera_frame) at tcp://127.0.0.1:77, started"
                + " 2026-11-21T15:00:00Z");
    assertThat(table.toJson().get("processes").toString()).contains("answered=false");
  }

  @Test
  void nothingRunsIsSaid() {
    LedgerTable table = new LedgerTable(processes);
    assertThat(table.lines()).containsExactly("no frameline process is running");
    assertThat(table.isComplete()).isTrue();
  }

  @Test
  void anAnswerFromALaterVersionIsReadAsFarAsItGoes() {
    processes.add(
        new ProcessStatus(
            process("view", 5), ControlMessage.ok().with("streams", List.of("x", Map.of()))));
    assertThat(new LedgerTable(processes).lines())
        .anySatisfy(line -> assertThat(line).matches("view 5 +0 +0 processed .*"));
  }
}
