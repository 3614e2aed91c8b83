package org.frameline.program.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;

/** {@code 14:03:59.012 INFO text}, and the stack of an exception below it. Thread-safe. */
final class LogLine extends LayoutBase<ILoggingEvent> {
  private static final int NS_PER_MS = 1_000_000;

  @Override
  public String doLayout(ILoggingEvent event) {
    LocalTime at =
        Instant.ofEpochMilli(event.getTimeStamp()).atZone(ZoneId.systemDefault()).toLocalTime();
    // For the United States Java formats without looking up how a country writes its digits.
    String line =
        String.format(
            Locale.US,
            "%02d:%02d:%02d.%03d %-5s %s%n",
            at.getHour(),
            at.getMinute(),
            at.getSecond(),
            at.getNano() / NS_PER_MS,
            event.getLevel(),
            event.getFormattedMessage());
    return event.getThrowableProxy() == null
        ? line
        : line + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }
}
