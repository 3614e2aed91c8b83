package org.frameline.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one process counted of one stream. Immutable. The ledger of a stream closes when published =
 * first + received + missing + pending, and within a process received = processed + dropped + late
 * + what it still holds.
 *
 * @param stream its id, {@link StreamTally#UNKNOWN} or {@link StreamTally#EARLIER}
 * @param first the first frame that counts: what came before is none of this process's business
 * @param received different frames that came in
 * @param processed those that went out: published, recorded, dealt out, transformed
 * @param missing frames known not to have come
 * @param dropped frames that came in but not out, by cause
 * @param duplicate frames that came again
 * @param late frames that came after they were given up
 * @param malformed messages that broke the wire format
 */
public record StreamCounts(
    String stream,
    long first,
    long received,
    long processed,
    long missing,
    Map<String, Long> dropped,
    long duplicate,
    long late,
    long malformed) {

  public StreamCounts {
    dropped = Map.copyOf(dropped);
  }

  /** Frames that were dropped, whatever the cause. */
  public long droppedInAll() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** As it stands in a report and in the answer to {@code status}. */
  public Map<String, Object> toReport() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("stream", stream);
    report.put("first", first);
    report.put("received", received);
    report.put("processed", processed);
    report.put("missing", missing);
    report.put("dropped", dropped);
    report.put("duplicate", duplicate);
    report.put("late", late);
    report.put("malformed", malformed);
    return report;
  }

  /** Reads what {@link #toReport} wrote, as it came over the wire; what is no count counts as 0. */
  public static StreamCounts fromReport(Map<?, ?> report) {
    Map<String, Long> dropped = new LinkedHashMap<>();
    if (report.get("dropped") instanceof Map<?, ?> causes) {
      causes.forEach((cause, frames) -> dropped.put(String.valueOf(cause), count(frames)));
    }
    return new StreamCounts(
        report.get("stream") instanceof String stream ? stream : StreamTally.UNKNOWN,
        count(report.get("first")),
        count(report.get("received")),
        count(report.get("processed")),
        count(report.get("missing")),
        dropped,
        count(report.get("duplicate")),
        count(report.get("late")),
        count(report.get("malformed")));
  }

  private static long count(Object value) {
    return value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : 0;
  }

  /** At most {@link StreamTally#MOST_STREAMS}: the first of more are summed up. */
  public static List<StreamCounts> bounded(List<StreamCounts> all) {
    int over = all.size() - StreamTally.MOST_STREAMS;
    if (over <= 0) {
      return all;
    }
    List<StreamCounts> fewer = new ArrayList<>();
    fewer.add(all.subList(0, over + 1).stream().reduce(none(), StreamCounts::plus));
    fewer.addAll(all.subList(over + 1, all.size()));
    return fewer;
  }

  /** Nothing yet of all earlier streams. */
  static StreamCounts none() {
    return new StreamCounts(StreamTally.EARLIER, 0, 0, 0, 0, Map.of(), 0, 0, 0);
  }

  /** Both together, under this one's name. */
  StreamCounts plus(StreamCounts other) {
    Map<String, Long> causes = new LinkedHashMap<>(dropped);
    other.dropped.forEach((cause, frames) -> causes.merge(cause, frames, Long::sum));
    return new StreamCounts(
        stream,
        0,
        received + other.received,
        processed + other.processed,
        missing + other.missing,
        causes,
        duplicate + other.duplicate,
        late + other.late,
        malformed + other.malformed);
  }
}
