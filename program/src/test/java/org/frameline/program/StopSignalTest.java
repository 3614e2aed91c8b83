package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StopSignalTest {

  /** A program that ends in order with a code of its own, or, with {@code hang}, not at all. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      StopSignal stop = new StopSignal();
      stop.installSignalHook();
      System.out.println("up");
      stop.await(Duration.ofMinutes(1));
      if (args[0].equals("hang")) {
        while (true) {
          stop.await(Duration.ofMinutes(1));
          Thread.onSpinWait();
        }
      }
      stop.finished(Integer.parseInt(args[0]));
      System.exit(Integer.parseInt(args[0]));
    }
  }

  private record Ending(int code, Duration after, String stderr) {}

  private static Ending terminate(String argument) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                argument)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("up");
      long start = System.nanoTime();
      // SIGTERM on Linux and macOS.
      child.toHandle().destroy();
      boolean ended = child.waitFor(10, TimeUnit.SECONDS);
      Duration after = Duration.ofNanos(System.nanoTime() - start);
      assertThat(ended).isTrue();
      String stderr = new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ending(child.exitValue(), after, stderr);
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void aProgramEndsOnSigtermWithItsOwnCodeWithinTwoSeconds() throws Exception {
    Ending ending = terminate("3");
    assertThat(ending.code()).isEqualTo(3);
    assertThat(ending.after()).isLessThan(Duration.ofSeconds(2));
    assertThat(ending.stderr()).isEmpty();
  }

  @Test
  void aProgramThatHangsIsEndedAllTheSame() throws Exception {
    Ending ending = terminate("hang");
    assertThat(ending.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ending.after()).isLessThan(Duration.ofMillis(2_500));
    assertThat(ending.stderr())
        .isEqualToIgnoringNewLines("frameline: not everything closed within 1900 ms");
  }

  @Test
  void wakesWhoWaitsAndRunsItsActions() throws Exception {
    StopSignal stop = new StopSignal();
    AtomicInteger ran = new AtomicInteger();
    stop.onStop(ran::incrementAndGet);
    assertThat(stop.await(Duration.ofMillis(1))).isFalse();
    Thread stopper = new Thread(stop::stop);
    stopper.start();
    assertThat(stop.await(Duration.ofSeconds(20))).isTrue();
    stopper.join();
    assertThat(stop.getAsBoolean()).isTrue();
    assertThat(ran).hasValue(1);
    // Too late to be told, so told at once.
    stop.onStop(ran::incrementAndGet);
    assertThat(ran).hasValue(2);
  }
}
