package org.frameline.benchmarks;

import java.io.IOException;
import org.frameline.fft.engine.FftEngines;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * JMH as its own command line has it. Where that does not say {@code -p engine=...}, every engine
 * that can be used here is measured.
 */
final class Measure {
  private static final String ENGINE = "engine";

  private Measure() {}

  public static void main(String[] args)
      throws CommandLineOptionException, RunnerException, IOException {
    CommandLineOptions given = new CommandLineOptions(args);
    if (given.shouldHelp()) {
      given.showHelp();
      return;
    }
    OptionsBuilder options = new OptionsBuilder();
    options.parent(given);
    if (!given.getParameter(ENGINE).hasValue()) {
      options.param(ENGINE, FftEngines.all().namesHere().toArray(String[]::new));
    }
    Runner runner = new Runner(options.build());
    if (given.shouldList()) {
      runner.list();
    } else {
      runner.run();
    }
  }
}
