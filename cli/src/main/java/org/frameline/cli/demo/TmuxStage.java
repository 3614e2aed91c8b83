package org.frameline.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.frameline.cli.process.Child;
import org.frameline.cli.process.JavaLauncher;
import org.frameline.cli.process.Member;
import org.frameline.cli.process.Stage;
import org.frameline.program.ProgramException;

/**
 * One pane per process in a tmux of its own, so that nobody's sessions and settings are touched. A
 * pane stays when its process ends. The exit code is left in a file by the shell that runs the
 * process, because tmux 3.3 can miss that a child has ended. One thread.
 */
final class TmuxStage implements Stage {
  private static final String SESSION = "demo";
  private static final String COLUMNS = "200";
  private static final String ROWS = "50";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "remain-on-exit", "on",
          "mouse", "on",
          "status-right", " Ctrl-B d: leave, the demo goes on ",
          "status-right-length", "60",
          "pane-border-status", "top",
          "pane-border-format", " #{pane_title} ");

  /** Runs the arguments; a trap of its own lets it outlive Ctrl-C, which is for the process. */
  private static final String LEAVE_EXIT_CODE =
      "trap : INT; file=$1; shift; \"$@\"; code=$?;"
          + " echo $code >\"$file.part\" && mv \"$file.part\" \"$file\"; exit $code";

  private static final int SIGNAL_BASE = 128;

  private final String server = "frameline-demo-" + ProcessHandle.current().pid();
  private final PrintWriter terminal;
  private final String javaOptions;
  private final List<Pane> panes = new ArrayList<>();
  private final Path exitCodes;
  private Process attached;

  TmuxStage(PrintWriter terminal, String javaOptions) {
    this.terminal = terminal;
    this.javaOptions = javaOptions;
    try {
      tmux("-V");
    } catch (IOException e) {
      throw ProgramException.failed(
          "--tmux needs tmux on the PATH; install it, or run without --tmux", e);
    }
    try {
      exitCodes = Files.createTempDirectory(server);
    } catch (IOException e) {
      throw ProgramException.failed("cannot make a temporary folder: " + e.getMessage(), e);
    }
  }

  @Override
  public List<? extends Child> children() {
    return panes;
  }

  @Override
  public void start(Member member) {
    try {
      if (panes.isEmpty()) {
        begin(member);
      } else {
        addPane(member, "split-window", "-t", SESSION);
      }
      tmux("select-layout", "-t", SESSION, "tiled");
      if (panes.size() == 1) {
        show();
      }
    } catch (IOException e) {
      throw ProgramException.failed("cannot start " + member.name() + ": " + e.getMessage(), e);
    }
  }

  private void begin(Member member) throws IOException {
    // All in one call: without a session the server would end again.
    List<String> call = new ArrayList<>(List.of("start-server", ";"));
    SETTINGS.forEach(
        (option, value) -> call.addAll(List.of("set-option", "-g", option, value, ";")));
    call.addAll(List.of("new-session", "-d", "-s", SESSION, "-x", COLUMNS, "-y", ROWS));
    addPane(member, call.toArray(String[]::new));
  }

  private void addPane(Member member, String... how) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(how));
    arguments.addAll(List.of("-P", "-F", "#{pane_id} #{pane_pid}"));
    Path exitCode = exitCodes.resolve(member.name());
    arguments.addAll(List.of("sh", "-c", LEAVE_EXIT_CODE, "sh", exitCode.toString()));
    arguments.addAll(JavaLauncher.commandLine(javaOptions, member.arguments()));
    String[] made = tmux(arguments.toArray(String[]::new)).strip().split(" ", 2);
    panes.add(new Pane(member, made[0], Long.parseLong(made[1]), exitCode));
    tmux("select-pane", "-t", made[0], "-T", member.name());
  }

  /** Attaches where a person sits in front, else says how. */
  private void show() throws IOException {
    if (System.getenv("TMUX") == null && isTerminal()) {
      attached =
          new ProcessBuilder("tmux", "-L", server, "attach-session", "-t", SESSION)
              .inheritIO()
              .start();
      return;
    }
    terminal.println("tmux session: look at it with 'tmux -L " + server + " attach'");
    terminal.flush();
  }

  private static boolean isTerminal() throws IOException {
    return exitCode(new ProcessBuilder("test", "-t", "0").inheritIO().start()) == 0;
  }

  private String tmux(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("tmux", "-L", server, "-f", "/dev/null"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    if (exitCode(process) != 0) {
      throw new IOException("tmux says: " + text.strip());
    }
    return text;
  }

  private static int exitCode(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    try {
      String socket = tmux("display-message", "-p", "#{socket_path}").strip();
      tmux("kill-server");
      if (attached != null) {
        exitCode(attached);
      }
      Files.deleteIfExists(Path.of(socket));
    } catch (IOException e) {
      terminal.println("frameline: tmux had ended already: " + e.getMessage());
    }
    try {
      for (Pane pane : panes) {
        Files.deleteIfExists(pane.exitCodeFile);
      }
      Files.deleteIfExists(exitCodes);
    } catch (IOException e) {
      terminal.println("frameline: left behind " + exitCodes + ": " + e.getMessage());
    }
  }

  private final class Pane implements Child {
    private final Member member;
    private final String id;
    private final long pid;
    private final Path exitCodeFile;
    private int exitCode = -1;

    Pane(Member member, String id, long pid, Path exitCodeFile) {
      this.member = member;
      this.id = id;
      this.pid = pid;
      this.exitCodeFile = exitCodeFile;
    }

    @Override
    public Member member() {
      return member;
    }

    @Override
    public boolean hasEnded() {
      if (exitCode < 0) {
        // Before the file, since the shell writes that first and ends then.
        boolean gone = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
        exitCode = readExitCode();
        if (exitCode < 0 && gone) {
          // Somebody closed the session or killed the shell.
          exitCode = SIGNAL_BASE;
        }
      }
      return exitCode >= 0;
    }

    private int readExitCode() {
      try {
        return Files.exists(exitCodeFile)
            ? Integer.parseInt(Files.readString(exitCodeFile).strip())
            : -1;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + exitCodeFile, e);
      }
    }

    @Override
    public int exitCode() {
      return exitCode;
    }

    @Override
    public String lastLine() {
      try {
        return tmux("capture-pane", "-p", "-J", "-t", id)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("Pane is dead"))
            .reduce("", (first, second) -> second);
      } catch (IOException e) {
        return e.getMessage();
      }
    }

    @Override
    public void ask() {
      ProcessHandle.of(pid).ifPresent(shell -> shell.children().forEach(ProcessHandle::destroy));
    }

    @Override
    public void kill() {
      ProcessHandle.of(pid)
          .ifPresent(shell -> shell.children().forEach(ProcessHandle::destroyForcibly));
    }
  }
}
