package org.frameline.program.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import org.frameline.protocol.Printable;

/**
 * {@code 14:03:59.012 INFO text}, and the stack of an exception below it. Whatever stands in the
 * text, it is one {@link Printable} line, and nothing in an exception looks like another one.
 * Thread-safe.
 */
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
            Printable.line(event.getFormattedMessage()));
    if (event.getThrowableProxy() == null) {
      return line;
    }
    String stack = ThrowableProxyUtil.asString(event.getThrowableProxy());
    return line + Printable.lines(stack.replace(System.lineSeparator(), "\n")).indent(2);
  }
}
