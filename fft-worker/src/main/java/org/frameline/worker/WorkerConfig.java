package org.frameline.worker;

import java.util.Objects;
import org.frameline.fft.FftEngine;
import org.frameline.fft.Precision;
import org.frameline.fft.SpectrumOutput;
import org.frameline.protocol.Dispatch;
import org.frameline.protocol.Endpoint;

/**
 * What a worker shall do. Immutable.
 *
 * @param connect where tasks come from
 * @param dispatch how they come
 * @param results where results go
 * @param controlBind the worker's own control endpoint
 * @param engine the library that transforms
 * @param output what is written for each coefficient
 * @param precision width of the numbers
 * @param threads how many frames are transformed at a time
 */
record WorkerConfig(
    Endpoint connect,
    Dispatch dispatch,
    Endpoint results,
    Endpoint controlBind,
    FftEngine engine,
    SpectrumOutput output,
    Precision precision,
    int threads) {
  /** More than any machine has cores. */
  static final int MOST_THREADS = 1_024;

  WorkerConfig {
    Objects.requireNonNull(connect, "connect");
    Objects.requireNonNull(dispatch, "dispatch");
    Objects.requireNonNull(results, "results");
    Objects.requireNonNull(controlBind, "controlBind");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(precision, "precision");
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "expected 1 to " + MOST_THREADS + " threads, found " + threads);
    }
  }
}
