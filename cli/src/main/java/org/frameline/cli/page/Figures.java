package org.frameline.cli.page;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them, with a point whatever the country. Without state. */
public final class Figures {
  private static final double KILO = 1_000;
  private static final double MEGA = 1_000_000;
  private static final double GIGA = 1_000_000_000;

  private Figures() {}

  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  public static String rate(double perSecond) {
    return plain(perSecond);
  }

  /** A time given in milliseconds, in seconds when it is long. */
  public static String milliseconds(double ms) {
    return ms < KILO ? plain(ms) + " ms" : plain(ms / KILO) + " s";
  }

  public static String seconds(Duration duration) {
    return plain(duration.toMillis() / KILO) + " s";
  }

  public static String megabytesPerSecond(double bytesPerSecond) {
    return plain(bytesPerSecond / MEGA) + " MB/s";
  }

  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  public static String bytes(long bytes) {
    if (bytes >= GIGA) {
      return String.format(Locale.ROOT, "%.2f GB", bytes / GIGA);
    }
    return bytes >= MEGA
        ? String.format(Locale.ROOT, "%.1f MB", bytes / MEGA)
        : String.format(Locale.ROOT, "%.0f kB", Math.ceil(bytes / KILO));
  }

  /** With k, M and G where it is long: three digits or so. */
  public static String brief(double value) {
    if (value < KILO) {
      return plain(value).replaceAll("\\.0+$", "");
    }
    double scaled = value >= GIGA ? value / GIGA : value >= MEGA ? value / MEGA : value / KILO;
    String unit = value >= GIGA ? "G" : value >= MEGA ? "M" : "k";
    return plain(scaled).replaceAll("\\.0+$", "") + unit;
  }

  /** Three digits or so. */
  private static String plain(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 1 ? "%.1f" : "%.2f", value);
  }
}
