package org.frameline.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.program.StreamCounts;
import org.frameline.program.TextTable;

/**
 * What all processes say, brought together stream by stream, as a table or as JSON. Immutable.
 *
 * <p>Pending is what is still to come: of a stream that is published, everything that was published
 * and neither came nor is missing, whether it is under way or waits in a queue; without a
 * publisher, and for a worker, what came in and did not go out yet.
 */
final class LedgerTable {
  private static final String[] COLUMNS = {
    "process",
    "received",
    "processed",
    "missing",
    "pending",
    "dropped",
    "duplicate",
    "late",
    "malformed"
  };

  /** One process in one stream. */
  private record Row(ProcessStatus who, StreamCounts counts, long pending) {}

  private final List<ProcessStatus> processes;
  private final Map<String, List<Row>> streams = new LinkedHashMap<>();
  private final Map<String, Long> published = new LinkedHashMap<>();

  LedgerTable(List<ProcessStatus> processes) {
    this.processes = List.copyOf(processes);
    processes.stream().filter(LedgerTable::publishes).forEach(this::notePublished);
    processes.stream().filter(LedgerTable::publishes).forEach(this::addRows);
    processes.stream().filter(process -> !publishes(process)).forEach(this::addRows);
  }

  private static boolean publishes(ProcessStatus process) {
    return process.process().program().equals("publish");
  }

  private void notePublished(ProcessStatus publisher) {
    publisher.streams().forEach(counts -> published.put(counts.stream(), counts.processed()));
  }

  private void addRows(ProcessStatus process) {
    for (StreamCounts counts : process.streams()) {
      streams
          .computeIfAbsent(counts.stream(), stream -> new ArrayList<>())
          .add(new Row(process, counts, pending(process, counts)));
    }
  }

  private long pending(ProcessStatus process, StreamCounts counts) {
    long gone = counts.droppedInAll() + counts.late();
    Long all = published.get(counts.stream());
    if (all == null || publishes(process) || !process.expectsAll()) {
      return Math.max(0, counts.received() - counts.processed() - gone);
    }
    return Math.max(0, all - counts.first() - counts.missing() - counts.processed() - gone);
  }

  /** Whether every process answered. */
  boolean isComplete() {
    return processes.stream().allMatch(ProcessStatus::answered);
  }

  /** For people, line by line. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (processes.isEmpty()) {
      lines.add("no frameline process is running");
    }
    List<String[]> table = new ArrayList<>();
    table.add(COLUMNS);
    streams.forEach((stream, rows) -> rows.forEach(row -> table.add(cells(row))));
    TextTable columns = new TextTable(table);
    streams.forEach(
        (stream, rows) -> {
          lines.add("stream " + stream);
          lines.add(columns.line(COLUMNS));
          rows.forEach(row -> lines.add(columns.line(cells(row))));
          lines.add("");
        });
    for (ProcessStatus process : processes) {
      if (!process.answered()) {
        lines.add("NO ANSWER from " + describe(process));
      } else if (!process.hasStreams()) {
        lines.add("without frames: " + describe(process));
      } else if (process.streams().isEmpty()) {
        lines.add("no frames yet: " + describe(process));
      }
    }
    return lines;
  }

  private static String describe(ProcessStatus process) {
    return process.process().label()
        + " ("
        + process.process().about()
        + ") at "
        + process.process().control()
        + ", started "
        + process.process().started();
  }

  private static String[] cells(Row row) {
    StreamCounts counts = row.counts;
    return new String[] {
      row.who.process().label(),
      Long.toString(counts.received()),
      counts.processed() + " " + row.who.deed(),
      Long.toString(counts.missing()),
      Long.toString(row.pending),
      Long.toString(counts.droppedInAll()),
      Long.toString(counts.duplicate()),
      Long.toString(counts.late()),
      Long.toString(counts.malformed())
    };
  }

  /** For programs: all processes with their answers, and the streams as in the table. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("processes", processes.stream().map(ProcessStatus::toJson).toList());
    List<Map<String, Object>> all = new ArrayList<>();
    streams.forEach(
        (stream, rows) -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("stream", stream);
          entry.put("published", published.get(stream));
          entry.put("processes", rows.stream().map(LedgerTable::json).toList());
          all.add(entry);
        });
    json.put("streams", all);
    return json;
  }

  private static Map<String, Object> json(Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("program", row.who.process().program());
    json.put("pid", row.who.process().pid());
    json.putAll(row.counts.toReport());
    json.remove("stream");
    json.put("pending", row.pending);
    return json;
  }
}
