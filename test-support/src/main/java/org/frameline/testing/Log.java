package org.frameline.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/** What is logged while this is open. Used by one test. */
public final class Log implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  private Log(String logger) {
    this.logger = context().getLogger(logger);
    appender.start();
    this.logger.addAppender(appender);
  }

  /** While another thread sets up logging, SLF4J hands out stand-ins that nobody can listen to. */
  private static LoggerContext context() {
    return (LoggerContext)
        Awaitility.await("logging is set up")
            .pollInterval(Duration.ofMillis(5))
            .until(LoggerFactory::getILoggerFactory, LoggerContext.class::isInstance);
  }

  /** What a class logs. */
  public static Log of(Class<?> type) {
    return new Log(type.getName());
  }

  /** What all log. */
  public static Log ofAll() {
    return new Log(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** Level and text of each message, from information upwards. */
  public List<String> lines() {
    return linesFrom(Level.INFO);
  }

  /** Level and text of each warning and error. */
  public List<String> warnings() {
    return linesFrom(Level.WARN);
  }

  private List<String> linesFrom(Level least) {
    return appender.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(least))
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}
