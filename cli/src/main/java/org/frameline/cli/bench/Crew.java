package org.frameline.cli.bench;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import org.frameline.cli.process.Member;
import org.frameline.cli.process.PrefixedStage;
import org.frameline.cli.process.Stage;
import org.frameline.cli.process.Supervisor;
import org.frameline.program.StopSignal;

/** Programs that run for a measurement and say nothing, unless one fails. One thread. */
final class Crew implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Stage stage;
  private final Supervisor supervisor;

  Crew(StopSignal stop) {
    stage =
        new PrefixedStage(
            new PrintWriter(Writer.nullWriter()),
            text -> text,
            System.getenv("FRAMELINE_JAVA_OPTS"));
    supervisor = new Supervisor(stage, stop, PATIENCE, "run the benchmark again");
  }

  Crew start(Member member) {
    supervisor.start(member);
    return this;
  }

  Supervisor supervisor() {
    return supervisor;
  }

  /** Ends all that still run. */
  @Override
  public void close() {
    supervisor.close();
    stage.close();
  }
}
