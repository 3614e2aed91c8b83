package org.frameline.recording.check;

import java.io.IOException;
import org.frameline.recording.stored.StoredRows;

/**
 * Whether the rows of an entry add up: frame numbers ascend, every jump is listed as missing, time
 * does not go back. Reads all tables once, side by side. Used once, by one thread.
 */
final class RowCheck {

  private static final double NS_PER_MS = 1e6;

  private final Findings findings;
  private final StoredRows numbers;
  private final StoredRows times;
  private final StoredRows missing;
  private final Findings.Kind order;
  private final Findings.Kind ledger;
  private final Findings.Kind clock;
  private long last = -1;
  private long lastTimeNs = Long.MIN_VALUE;
  private boolean pending;
  private long missingFrames;

  RowCheck(Findings findings, StoredRows numbers, StoredRows times, StoredRows missing) {
    this.findings = findings;
    this.numbers = numbers;
    this.times = times;
    this.missing = missing;
    order = findings.kind("frame numbers that do not ascend");
    ledger = findings.kind("places where frame_number and missing do not add up");
    clock = findings.kind("time stamps that go back");
    Findings.Kind bad = findings.kind("damaged chunks of rows");
    numbers.onBadRows(it -> bad.damage(last + 1, it.address(), it.getMessage()));
    times.onBadRows(it -> bad.damage(numbers.get(0), it.address(), it.getMessage()));
    missing.onBadRows(it -> bad.damage(-1, it.address(), it.getMessage()));
  }

  /** Frames listed as missing. */
  long missingFrames() {
    return missingFrames;
  }

  void run() throws IOException {
    nextMissing();
    while (numbers.next()) {
      long number = numbers.get(0);
      if (number <= last) {
        order.damage(
            number,
            numbers.address(),
            "expected a frame number above " + last + ", found " + number);
      } else {
        fill(number);
        last = number;
      }
      checkTime(number);
    }
    while (pending) {
      takeMissing(missing.get(0));
    }
  }

  /** Everything between the last frame and this one has to be listed. */
  private void fill(long number) throws IOException {
    long expected = last + 1;
    boolean first = last < 0;
    while (pending && missing.get(0) < number) {
      long from = missing.get(0);
      if (from != expected && !first) {
        unlisted(expected, from, number);
      }
      expected = takeMissing(from);
      first = false;
    }
    if (expected != number && !first) {
      unlisted(expected, number, number);
    }
  }

  private void unlisted(long expected, long found, long number) {
    ledger.damage(
        number,
        numbers.address(),
        expected < found
            ? "expected frame " + expected + ", there or listed as missing, found " + found
            : "frame " + found + " is listed as missing although it is there or listed before");
  }

  /** Takes the current row of missing; the first frame behind it. */
  private long takeMissing(long from) throws IOException {
    long count = missing.get(1);
    if (from < 0 || count < 1 || from > Long.MAX_VALUE - count) {
      ledger.damage(from, missing.address(), "expected a row of missing frames, found " + count);
      nextMissing();
      return from;
    }
    long behind = from + count;
    missingFrames += count;
    findings.missing(from, count);
    nextMissing();
    if (pending && missing.get(0) < behind) {
      ledger.damage(from, missing.address(), "expected the rows of missing in order");
    }
    return behind;
  }

  private void nextMissing() throws IOException {
    pending = missing.next();
  }

  private void checkTime(long number) throws IOException {
    if (times.next()) {
      long timeNs = times.get(0);
      if (timeNs < lastTimeNs) {
        clock.warning(
            number,
            times.address(),
            String.format(
                java.util.Locale.ROOT,
                "the clock went back by %.3f ms before this frame",
                (lastTimeNs - (double) timeNs) / NS_PER_MS));
      }
      lastTimeNs = timeNs;
    }
  }
}
