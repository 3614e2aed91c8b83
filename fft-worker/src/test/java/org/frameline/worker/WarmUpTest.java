package org.frameline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.frameline.fft.Precision;
import org.frameline.fft.SpectrumOutput;
import org.frameline.fft.engine.FftEngines;
import org.frameline.protocol.Dispatch;
import org.frameline.protocol.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarmUpTest {
  private static final Endpoint ANY = Endpoint.parse("tcp://127.0.0.1:*");

  /** Reads {@code 0}, then advances by these, by the last again and again. */
  private static LongSupplier clock(long... framesMs) {
    Iterator<Long> times =
        Stream.concat(
                Stream.of(0L),
                Stream.iterate(0, i -> i + 1).map(i -> framesMs[Math.min(i, framesMs.length - 1)]))
            .iterator();
    AtomicLong now = new AtomicLong();
    return () -> now.addAndGet(Duration.ofMillis(times.next()).toNanos());
  }

  private static int frames(SpectrumOutput output, BooleanSupplier stop, LongSupplier clock) {
    WorkerConfig config =
        new WorkerConfig(
            ANY,
            Dispatch.PUSH,
            ANY,
            ANY,
            FftEngines.all().named("java"),
            output,
            Precision.FLOAT64,
            1);
    return new WarmUp(config, stop, clock).run();
  }

  private static int frames(long... framesMs) {
    return frames(SpectrumOutput.COMPLEX, () -> false, clock(framesMs));
  }

  @Test
  void endsTenFramesAfterTheLastThatWasFaster() {
    assertThat(frames(100, 50, 40, 20, 19)).isEqualTo(13 + 1);
    assertThat(frames(20)).isEqualTo(11);
  }

  @Test
  void goesOnWhileFramesGetFaster() {
    assertThat(frames(100, 100, 100, 100, 100, 50, 50, 50, 50, 50, 50, 50, 10)).isEqualTo(13 + 10);
  }

  @Test
  void endsAfterTwoSecondsOnASlowMachine() {
    assertThat(frames(700, 500)).isEqualTo(4);
  }

  @Test
  void endsWithTheStopSignal() {
    Iterator<Boolean> stop = List.of(false, false, true).iterator();
    assertThat(frames(SpectrumOutput.COMPLEX, stop::next, clock(10))).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void warmsUpForEveryOutput(SpectrumOutput output) {
    assertThat(frames(output, () -> false, clock(1))).isEqualTo(11);
  }
}
