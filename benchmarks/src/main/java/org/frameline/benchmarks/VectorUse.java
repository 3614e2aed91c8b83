package org.frameline.benchmarks;

import org.frameline.fft.Precision;
import org.frameline.fft.engine.plain.PlainEngine;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Says whether the JVM's compiler turns the loops of the plain engine into vector instructions, by
 * the time of a frame with and without them. A ratio near 1 says that it does not, and that {@code
 * Kernel32} has the rules that were broken. No test, because times are no matter for tests.
 */
final class VectorUse {
  private VectorUse() {}

  public static void main(String[] args) throws RunnerException {
    System.out.printf("%-9s%12s%12s%8s%n", "", "vectors ms", "scalar ms", "ratio");
    for (Precision precision : Precision.values()) {
      double vectors = milliseconds(precision, "-XX:+UseSuperWord");
      double scalar = milliseconds(precision, "-XX:-UseSuperWord");
      System.out.printf(
          "%-9s%12.2f%12.2f%8.2f%n", precision.optionName(), vectors, scalar, scalar / vectors);
    }
  }

  private static double milliseconds(Precision precision, String flag) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(SpectrumBenchmark.class.getName())
        .param("engine", PlainEngine.NAME)
        .param("frame", SpectrumBenchmark.Frame.RGB8_640X480.name())
        .param("precision", precision.optionName())
        .param("output", "complex")
        .jvmArgsAppend(flag)
        .verbosity(VerboseMode.SILENT);
    return new Runner(options.build())
        .runSingle()
        .getPrimaryResult()
        .getStatistics()
        .getPercentile(50);
  }
}
