package org.frameline.recording.copy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.frameline.protocol.FrameSet.Run;
import org.frameline.protocol.Outage;

/**
 * The parts that become one entry of a copy, with the rows that are taken of each: every frame
 * number once, ascending. Immutable.
 */
final class MergedEntry {
  private static final long NS_PER_S = 1_000_000_000L;

  /** Rows in a row of one part. */
  record Rows(SourceEntry part, int first, int count) {
    int end() {
      return first + count;
    }
  }

  private final List<SourceEntry> parts;
  private final long from;
  private final long to;
  private final List<Rows> rows = new ArrayList<>();
  private long frames;
  private long repeated;

  /**
   * Chooses rows.
   *
   * @param parts the earlier of two is preferred where both have a frame
   * @param from the first number wanted; empty for all
   * @param to the last number wanted; empty for all
   */
  MergedEntry(List<SourceEntry> parts, OptionalLong from, OptionalLong to) {
    this.parts = List.copyOf(parts);
    this.from = from.orElse(Long.MIN_VALUE);
    this.to = to.orElse(Long.MAX_VALUE);
    choose();
  }

  private void choose() {
    int[] next = new int[parts.size()];
    for (int i = 0; i < next.length; i++) {
      while (next[i] < parts.get(i).rows() && parts.get(i).number(next[i]) < from) {
        next[i]++;
      }
    }
    for (int best = best(next); best >= 0; best = best(next)) {
      SourceEntry part = parts.get(best);
      long number = part.number(next[best]);
      long other = Long.MAX_VALUE;
      for (int i = 0; i < next.length; i++) {
        if (i != best && number(i, next) == number) {
          next[i]++;
          repeated++;
        }
        other = i == best ? other : Math.min(other, number(i, next));
      }
      int first = next[best];
      do {
        next[best]++;
      } while (number(best, next) < other);
      add(part, first, next[best] - first);
    }
  }

  /** The part whose next frame comes first, -1 when none has any. */
  private int best(int[] next) {
    int best = -1;
    for (int i = 0; i < next.length; i++) {
      if (number(i, next) < (best < 0 ? Long.MAX_VALUE : number(best, next))) {
        best = i;
      }
    }
    return best;
  }

  /** The next number of a part, the largest there is when it has no more. */
  private long number(int part, int[] next) {
    SourceEntry its = parts.get(part);
    return next[part] < its.rows() && its.number(next[part]) <= to
        ? its.number(next[part])
        : Long.MAX_VALUE;
  }

  private void add(SourceEntry part, int first, int count) {
    frames += count;
    if (!rows.isEmpty()) {
      Rows last = rows.get(rows.size() - 1);
      if (last.part == part && last.end() == first) {
        rows.set(rows.size() - 1, new Rows(part, last.first, last.count + count));
        return;
      }
    }
    rows.add(new Rows(part, first, count));
  }

  List<SourceEntry> parts() {
    return parts;
  }

  /** What is taken, in the order of the frame numbers. */
  List<Rows> rows() {
    return List.copyOf(rows);
  }

  long frames() {
    return frames;
  }

  /** Frames left out because another part has them too. */
  long repeated() {
    return repeated;
  }

  /** Number of the first frame, the largest there is when there is none. */
  long firstNumber() {
    return rows.isEmpty() ? Long.MAX_VALUE : rows.get(0).part.number(rows.get(0).first);
  }

  private long lastNumber() {
    Rows last = rows.get(rows.size() - 1);
    return last.part.number(last.end() - 1);
  }

  /** The first number that has to be there or listed as missing. */
  long begin() {
    return listed().map(run -> Math.max(run.first(), from)).reduce(firstNumber(), Math::min);
  }

  /** What is listed as missing behind the last frame, ascending, each number once. */
  List<Run> missingAtEnd() {
    long after = rows.isEmpty() ? from : lastNumber() + 1;
    long end = to == Long.MAX_VALUE ? to : to + 1;
    List<Run> runs = new ArrayList<>();
    List<Run> listed = listed().sorted(Comparator.comparingLong(Run::first)).toList();
    for (Run run : listed) {
      long first = Math.max(run.first(), after);
      long behind = Math.min(run.end(), end);
      if (first < behind) {
        runs.add(new Run(first, behind - first));
        after = behind;
      }
    }
    return runs;
  }

  private Stream<Run> listed() {
    return parts.stream()
        .flatMap(part -> part.missing().stream())
        .filter(run -> run.end() > from && run.first() <= to);
  }

  /** Outages before a frame that was asked for, ascending. */
  List<Outage> outages() {
    TreeMap<Long, Outage> outages = new TreeMap<>();
    for (SourceEntry part : parts) {
      for (Outage outage : part.outages()) {
        if (outage.frame() >= from && outage.frame() <= to) {
          outages.putIfAbsent(outage.frame(), outage);
        }
      }
    }
    return List.copyOf(outages.values());
  }

  private boolean cutAtBegin() {
    return parts.stream().anyMatch(part -> part.rows() > 0 && part.number(0) < from);
  }

  private boolean cutAtEnd() {
    return parts.stream().anyMatch(part -> part.rows() > 0 && part.number(part.rows() - 1) > to);
  }

  /** When the first part began; of a later piece, when its first frame was grabbed. */
  Instant started() {
    if (cutAtBegin() && !rows.isEmpty()) {
      return instant(rows.get(0).part.timestampNs(rows.get(0).first));
    }
    return parts.stream().map(part -> part.about().startTime()).reduce(MergedEntry::earlier).get();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** When the last part ended; of an earlier piece, when its last frame was grabbed. */
  Instant ended() {
    if (cutAtEnd() && !rows.isEmpty()) {
      Rows last = rows.get(rows.size() - 1);
      return instant(last.part.timestampNs(last.end() - 1));
    }
    return parts.stream()
        .map(SourceEntry::ended)
        .reduce((one, other) -> one.isBefore(other) ? other : one)
        .get();
  }

  private static Instant instant(long ns) {
    return Instant.ofEpochSecond(Math.floorDiv(ns, NS_PER_S), Math.floorMod(ns, NS_PER_S));
  }

  /** Whether nothing may have followed: the end was cut off, or recorded in order. */
  boolean complete() {
    if (cutAtEnd()) {
      return true;
    }
    long last = parts.stream().mapToLong(part -> lastOf(part)).max().orElse(Long.MIN_VALUE);
    return parts.stream().anyMatch(part -> lastOf(part) == last && part.closed());
  }

  private static long lastOf(SourceEntry part) {
    return part.rows() == 0 ? Long.MIN_VALUE : part.number(part.rows() - 1);
  }
}
