package org.frameline.analysis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.frameline.program.TextTable;
import org.frameline.recording.check.RecordingInfo;
import org.frameline.recording.check.RecordingInfo.Entry;
import org.frameline.recording.check.RecordingInfo.Gap;
import org.frameline.recording.check.RecordingInfo.Replay;

/** What files hold, for people: one in many lines, many in one line for each entry. */
final class InfoText {
  private static final int MOST_GAPS = 20;
  private static final String[] COLUMNS = {
    "file",
    "entry",
    "image",
    "format",
    "frames",
    "missing",
    "frames/s",
    "begin (UTC)",
    "seconds",
    "size",
    "ratio",
    "state"
  };

  private InfoText() {}

  /** One file, with everything. */
  static List<String> whole(FileFacts facts) {
    List<String> lines = new ArrayList<>();
    if (facts instanceof FileFacts.Recording recording) {
      RecordingInfo info = recording.info();
      lines.add(
          String.format(
              "%s: %s, %s, %s",
              facts.file(),
              info.entries().size() == 1 ? "1 entry" : info.entries().size() + " entries",
              Words.bytes(info.bytes()),
              info.state().words()));
      info.entries().forEach(entry -> addEntry(entry, lines));
    } else if (facts instanceof FileFacts.Stack stack) {
      lines.add(facts.file() + ": images of another program, " + Words.bytes(stack.bytes()));
      add(lines, "dataset", stack.dataset());
      add(lines, "images", Long.toString(stack.frames()));
      add(lines, "image", Words.size(stack.frameShape()) + ", " + stack.type());
      long all = stack.frames() * stack.frameBytes();
      add(lines, "stored", stored(stack.filters(), stack.storedBytes(), all));
    }
    return lines;
  }

  private static void add(List<String> lines, String name, String value) {
    lines.add(String.format("  %-9s %s", name, value));
  }

  private static void addEntry(Entry entry, List<String> lines) {
    RecordingInfo.Rows rows = entry.rows();
    lines.add(entry.name() + ": " + entry.title());
    add(lines, "camera", entry.camera());
    add(
        lines,
        "image",
        Words.size(entry.frameShape())
            + entry.pixelFormat().map(format -> " " + format).orElse("")
            + ", "
            + entry.type().wireName());
    String numbers =
        rows.frames() == 0 ? "" : ", numbers " + rows.firstFrame() + " to " + rows.lastFrame();
    add(lines, "frames", rows.frames() + numbers + "; " + rows.missingFrames() + " missing");
    add(
        lines,
        "rate",
        Words.number(rows.measuredRate(), 2)
            + " frames/s measured, "
            + Words.number(entry.askedRate(), 2)
            + " asked");
    add(
        lines,
        "time",
        Words.time(entry.start())
            + " to "
            + Words.time(entry.end())
            + " UTC, "
            + Words.seconds(Duration.between(entry.start(), entry.end())));
    String filters =
        entry.compression().name().toLowerCase(Locale.ROOT)
            + ", checksum "
            + entry.checksum().optionName();
    add(lines, "stored", stored(filters, entry.storedBytes(), rows.frames() * entry.frameBytes()));
    entry.replay().ifPresent(replay -> add(lines, "replay", replay(replay)));
    if (!entry.closed()) {
      add(lines, "state", "not closed");
    }
    if (rows.outages() > 0) {
      add(lines, "outages", "the camera was gone " + rows.outages() + " times");
    }
    if (rows.unwanted().late() > 0) {
      add(lines, "late", rows.unwanted().late() + " frames came after they had been given up");
    }
    if (rows.unwanted().strange() > 0) {
      add(lines, "strange", rows.unwanted().strange() + " frames came that nobody had asked for");
    }
    rows.missing().stream().limit(MOST_GAPS).forEach(gap -> add(lines, "missing", gap(gap)));
    if (rows.missing().size() > MOST_GAPS) {
      add(lines, "missing", "and more; --json tells " + rows.missing().size());
    }
  }

  private static String replay(Replay replay) {
    return "of "
        + replay.stream().map(stream -> "stream " + stream).orElse("images of another program")
        + (replay.firstFrame() < 0
            ? ""
            : ", frames " + replay.firstFrame() + " to " + replay.lastFrame());
  }

  private static String gap(Gap gap) {
    return (gap.count() == 1 ? "frame " : gap.count() + " frames from ")
        + gap.first()
        + gap.afterNs().map(ns -> ", after " + Words.time(ns)).orElse(", at the beginning");
  }

  private static String stored(String filters, long storedBytes, long bytes) {
    OptionalDouble ratio =
        storedBytes == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) bytes / storedBytes);
    return "compression "
        + filters
        + ", "
        + Words.bytes(storedBytes)
        + " for "
        + Words.bytes(bytes)
        + " of images, ratio "
        + Words.number(ratio, 2);
  }

  /** Many files, a line for each entry. */
  static List<String> table(List<FileFacts> files) {
    List<String[]> rows = new ArrayList<>();
    rows.add(COLUMNS);
    for (FileFacts facts : files) {
      if (facts instanceof FileFacts.Recording recording) {
        recording.info().entries().forEach(entry -> rows.add(row(recording, entry)));
      } else if (facts instanceof FileFacts.Stack stack) {
        rows.add(row(stack));
      }
    }
    TextTable table = new TextTable(rows);
    return rows.stream().map(table::line).toList();
  }

  private static String[] row(FileFacts.Recording recording, Entry entry) {
    RecordingInfo.Rows rows = entry.rows();
    Duration lasted = Duration.between(entry.start(), entry.end());
    return new String[] {
      recording.file().toString(),
      entry.name(),
      Words.size(entry.frameShape()),
      entry.pixelFormat().orElse(entry.type().wireName()),
      Long.toString(rows.frames()),
      Long.toString(rows.missingFrames()),
      Words.number(rows.measuredRate(), 1),
      Words.time(entry.start()),
      Words.seconds(lasted).replace(" s", ""),
      Words.bytes(entry.storedBytes()),
      Words.number(entry.compressionRatio(), 2),
      recording.info().state() == org.frameline.recording.check.RecordingCheck.State.BEING_WRITTEN
          ? recording.info().state().words()
          : entry.closed() ? "closed" : "interrupted"
    };
  }

  private static String[] row(FileFacts.Stack stack) {
    long all = stack.frames() * stack.frameBytes();
    OptionalDouble ratio =
        stack.storedBytes() == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of((double) all / stack.storedBytes());
    return new String[] {
      stack.file().toString(),
      stack.dataset(),
      Words.size(stack.frameShape()),
      stack.type(),
      Long.toString(stack.frames()),
      "-",
      "-",
      "-",
      "-",
      Words.bytes(stack.storedBytes()),
      Words.number(ratio, 2),
      "another program's"
    };
  }
}
