package org.frameline.program.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogSetupTest {
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  private LoggingEvent event(Level level, String text, Throwable thrown, Object... values) {
    Logger logger = context.getLogger("org.frameline.somewhere");
    LoggingEvent event = new LoggingEvent("", logger, level, text, thrown, values);
    LocalDateTime at = LocalDateTime.of(2026, 11, 21, 4, 3, 9, 12_000_000);
    event.setInstant(at.atZone(ZoneId.systemDefault()).toInstant());
    return event;
  }

  @Test
  void theLibraryFindsItAndWritesToStderrAndNowhereElse() {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    assertThat(root.getLevel()).isEqualTo(Level.INFO);
    assertThat(root.iteratorForAppenders())
        .toIterable()
        .singleElement()
        .isInstanceOf(ConsoleAppender.class)
        .extracting("target")
        .isEqualTo("System.err");
    assertThat(context.getLogger("io.jhdf.Superblock").isWarnEnabled()).isFalse();
    assertThat(context.getLogger("io.jhdf.Superblock").isErrorEnabled()).isTrue();
  }

  @Test
  void aFileOfTheUsersComesFirst() {
    LoggerContext other = new LoggerContext();
    System.setProperty("logback.configurationFile", "other.xml");
    try {
      assertThat(new LogSetup().configure(other))
          .isEqualTo(Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY);
      assertThat(other.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders()).isExhausted();
    } finally {
      System.clearProperty("logback.configurationFile");
    }
  }

  @Test
  void aLineHasTimeLevelAndText() {
    ILoggingEvent event = event(Level.INFO, "published {} frames", null, 795);
    assertThat(new LogLine().doLayout(event))
        .isEqualTo("04:03:09.012 INFO  published 795 frames" + System.lineSeparator());
  }

  @Test
  void anExceptionStandsBelowTheLine() {
    LogLine line = new LogLine();
    List<String> lines =
        line.doLayout(event(Level.ERROR, "failed", new IOException("no disk"))).lines().toList();
    assertThat(lines.get(0)).isEqualTo("04:03:09.012 ERROR failed");
    assertThat(lines.get(1)).isEqualTo("  java.io.IOException: no disk");
    assertThat(lines.get(2)).contains("at " + getClass().getName());
  }

  @Test
  void aStrangersTextCannotForgeALineOrSteerTheTerminal() {
    String forged = "x\r\n04:03:10.000 ERROR all is lost\u001b[1A\u202e";
    String line = "04:03:09.012 WARN  from x\\r\\n04:03:10.000 ERROR all is lost\\u001b[1A\\u202e";
    assertThat(new LogLine().doLayout(event(Level.WARN, "from {}", null, forged)))
        .isEqualTo(line + System.lineSeparator());
    assertThat(
            new LogLine()
                .doLayout(event(Level.WARN, "failed", new IOException(forged)))
                .lines()
                .skip(1))
        .allMatch(below -> below.startsWith("  "))
        .noneMatch(below -> below.contains("\u001b"));
  }
}
