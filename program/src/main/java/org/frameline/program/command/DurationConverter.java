package org.frameline.program.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time such as {@code 500ms}, {@code 1.5s}, {@code 10m} or {@code 2h}. */
public final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)");
  private static final double NS_PER_S = 1e9;

  @Override
  public Duration convert(String value) {
    Matcher matcher = TEXT.matcher(value);
    if (matcher.matches()) {
      double seconds = Double.parseDouble(matcher.group(1)) * secondsPer(matcher.group(2));
      Duration duration = Duration.ofNanos(Math.round(seconds * NS_PER_S));
      if (!duration.isZero()) {
        return duration;
      }
    }
    throw new TypeConversionException(
        "expected a time above 0 such as 500ms, 10s, 5m or 1h, found \"" + value + "\"");
  }

  private static double secondsPer(String unit) {
    return switch (unit) {
      case "ms" -> 1e-3;
      case "s" -> 1;
      case "m" -> 60;
      default -> 3600;
    };
  }
}
