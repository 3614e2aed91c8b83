package org.frameline.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With shell scripts for programs; a member's arguments are its script. */
@Timeout(30)
class SupervisorTest {
  private final StopSignal stop = new StopSignal();
  private final Shells shells = new Shells();
  private final Supervisor supervisor =
      new Supervisor(shells, stop, Duration.ofMillis(400), "move");

  @AfterEach
  void nobodyIsLeftOver() {
    assertThat(shells.children).allMatch(Child::hasEnded);
  }

  @Test
  void waitsUntilAllHaveEndedAlsoWithFramesMissing() {
    assertThat(supervisor.run(members("sleep 0.2", "exit 3", "exit 0"))).isTrue();
  }

  @Test
  void namesTheOneThatFailedAndStopsTheOthers() {
    List<Member> members = members("sleep 60", "exit 0", "exit 1");
    assertThatThrownBy(() -> supervisor.run(members))
        .isInstanceOf(ProgramException.class)
        .hasMessage("sink ended with exit code 1: the last line");
  }

  @Test
  void namesTheOneThatDoesNotEndAfterTheOthers() {
    List<Member> members = members("sleep 60", "exit 0", "exit 0");
    assertThatThrownBy(() -> supervisor.run(members))
        .hasMessageStartingWith("publisher was still running 0 s after the others had ended");
  }

  @Test
  void killsWhatDoesNotHearWhenAsked() {
    List<Member> members = members("trap '' TERM; while :; do sleep 0.1; done", "exit 0", "exit 0");
    assertThatThrownBy(() -> supervisor.run(members)).hasMessageStartingWith("publisher");
  }

  @Test
  void lastsAsLongAsAWorkerIsThereAndTheStreamGoesOn() {
    List<Member> members =
        List.of(
            member("publisher", "sleep 1.2"),
            member("worker-1", "exit 0"),
            member("worker-2", "sleep 1.2"));
    assertThat(supervisor.run(members)).isTrue();
  }

  @Test
  void endsAllWhenStopped() throws Exception {
    Thread stopper =
        new Thread(
            () -> {
              Awaitility.await().until(() -> shells.children.size() == 3);
              stop.stop();
            });
    stopper.start();
    assertThat(supervisor.run(members("sleep 60", "sleep 60", "sleep 60"))).isFalse();
    stopper.join();
  }

  private static List<Member> members(String publisher, String recorder, String sink) {
    return List.of(
        member("publisher", publisher), member("recorder", recorder), member("sink", sink));
  }

  private static Member member(String name, String script) {
    return new Member(name, List.of(script));
  }

  /** Processes of the shell. */
  private static final class Shells implements Stage {
    private final List<Shell> children = new CopyOnWriteArrayList<>();

    @Override
    public List<? extends Child> children() {
      return children;
    }

    @Override
    public void start(Member member) {
      try {
        Process process = new ProcessBuilder("/bin/sh", "-c", member.arguments().get(0)).start();
        children.add(new Shell(member, process));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      children.clear();
    }
  }

  private record Shell(Member member, Process process) implements Child {
    @Override
    public boolean hasEnded() {
      return !process.isAlive();
    }

    @Override
    public int exitCode() {
      return process.exitValue();
    }

    @Override
    public String lastLine() {
      return "the last line";
    }

    @Override
    public void ask() {
      process.destroy();
    }

    @Override
    public void kill() {
      process.destroyForcibly();
    }
  }
}
