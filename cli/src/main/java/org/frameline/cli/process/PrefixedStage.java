package org.frameline.cli.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.frameline.program.ProgramException;
import org.frameline.program.command.Painted;

/**
 * All processes in one terminal, each line prefixed with the name of its process. One thread per
 * process reads its lines; the terminal is shared line by line.
 */
public final class PrefixedStage implements Stage {
  private static final String[] COLOURS = {"cyan", "green", "yellow", "magenta", "blue", "red"};
  private static final int NAME_WIDTH = 10;
  private static final long DRAIN_MS = Duration.ofSeconds(1).toMillis();

  private final PrintWriter terminal;
  private final UnaryOperator<String> paint;
  private final String javaOptions;
  private final List<PipedChild> children = new ArrayList<>();

  public PrefixedStage(PrintWriter terminal, UnaryOperator<String> paint, String javaOptions) {
    this.terminal = terminal;
    this.paint = paint;
    this.javaOptions = javaOptions;
  }

  @Override
  public List<? extends Child> children() {
    return children;
  }

  @Override
  public void start(Member member) {
    String colour = COLOURS[children.size() % COLOURS.length];
    String prefix =
        paint.apply(
            "@|" + colour + " " + String.format("%-" + NAME_WIDTH + "s |", member.name()) + "|@ ");
    try {
      Process process =
          new ProcessBuilder(JavaLauncher.commandLine(javaOptions, member.arguments()))
              .redirectErrorStream(true)
              .start();
      children.add(new PipedChild(member, process, prefix));
      process.getOutputStream().close();
    } catch (IOException e) {
      throw ProgramException.failed("cannot start " + member.name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    children.forEach(PipedChild::drain);
  }

  private final class PipedChild implements Child {
    private final Member member;
    private final Process process;
    private final String prefix;
    private final Thread reader;
    private volatile String lastLine = "";

    PipedChild(Member member, Process process, String prefix) {
      this.member = member;
      this.process = process;
      this.prefix = prefix;
      reader = new Thread(this::copyLines, "lines-" + member.name());
      reader.setDaemon(true);
      reader.start();
    }

    private void copyLines() {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), Charset.defaultCharset()))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.isBlank()) {
            lastLine = line.strip();
          }
          terminal.println(new Painted(prefix, line));
          terminal.flush();
        }
      } catch (IOException e) {
        // A process that is killed takes its pipe along.
        terminal.println(new Painted(prefix, "its lines end here: " + e.getMessage()));
      }
    }

    void drain() {
      try {
        reader.join(DRAIN_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Member member() {
      return member;
    }

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
      drain();
      return lastLine;
    }

    @Override
    public void ask() {
      // Where a process cannot be asked (Windows), Ctrl-C has reached it already, or kill must do.
      if (process.supportsNormalTermination()) {
        // Through the handle: Process.destroy would close the pipe, and lose the last lines.
        process.toHandle().destroy();
      }
    }

    @Override
    public void kill() {
      process.toHandle().destroyForcibly();
    }
  }
}
