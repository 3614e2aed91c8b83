package org.frameline.analysis;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.frameline.protocol.FrameShape;

/** Numbers in words, for people. Without state. */
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final double STEP = 1024;
  private static final double NS_PER_S = 1e9;

  private Words() {}

  static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= STEP && unit < UNITS.length - 1) {
      size /= STEP;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }

  /** In UTC. */
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  static String time(long epochNs) {
    return time(Instant.EPOCH.plusNanos(epochNs));
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / NS_PER_S);
  }

  static String number(OptionalDouble number, int digits) {
    return number.isEmpty()
        ? "-"
        : String.format(Locale.ROOT, "%." + digits + "f", number.getAsDouble());
  }

  /** Width first, as people say it: {@code 640x480x3}; other shapes as they are. */
  static String size(List<Integer> frameShape) {
    return FrameShape.find(frameShape)
        .map(it -> it.width() + "x" + it.height() + (it.hasAxis() ? "x" + it.channels() : ""))
        .orElseGet(frameShape::toString);
  }
}
