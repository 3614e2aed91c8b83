package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.consumer.RecordingFile;
import org.frameline.testing.JavaCommand;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

  private record Ending(int code, Duration after, String printed) {}

  private static Ending terminate(String argument) throws IOException, InterruptedException {
    return terminate(JavaCommand.of(Child.class, argument));
  }

  private static Ending terminate(List<String> command) throws IOException, InterruptedException {
    try (Program child = Program.start(Path.of("."), command)) {
      child.awaitOutput("up\n");
      long start = System.nanoTime();
      // SIGTERM on Linux and macOS.
      child.terminate();
      boolean ended = child.endsWithin(Duration.ofSeconds(10));
      Duration after = Duration.ofNanos(System.nanoTime() - start);
      assertThat(ended).isTrue();
      int code = child.awaitExit();
      return new Ending(code, after, child.output());
    }
  }

  @Test
  void aProgramEndsOnSigtermWithItsOwnCodeWithinTwoSeconds() throws Exception {
    Ending ending = terminate("3");
    assertThat(ending.code()).isEqualTo(3);
    assertThat(ending.after()).isLessThan(Duration.ofSeconds(2));
    assertThat(ending.printed()).isEqualTo("up");
  }

  /** Java writes it out in a hook of its own, which the end of the process must not cut off. */
  @Test
  void aFlightRecordingIsWrittenToItsEnd(@TempDir Path folder) throws Exception {
    Path recording = folder.resolve("flight.jfr");
    List<String> command = new ArrayList<>(JavaCommand.of(Child.class, "0"));
    command.addAll(1, List.of("-Xlog:disable", "-XX:StartFlightRecording=filename=" + recording));
    assertThat(terminate(command).code()).isZero();
    assertThat(RecordingFile.readAllEvents(recording)).isNotEmpty();
  }

  @Test
  void aProgramThatHangsIsEndedAllTheSame() throws Exception {
    Ending ending = terminate("hang");
    assertThat(ending.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ending.after()).isLessThan(Duration.ofMillis(2_500));
    assertThat(ending.printed())
        .isEqualToIgnoringNewLines("up\nframeline: not everything closed within 1900 ms");
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
