package org.frameline.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.frameline.program.ProgramException;

/**
 * One pane per process in a tmux of its own, so that nobody's sessions and settings are touched. A
 * pane stays when its process ends, so that its exit code can be asked for. One thread.
 */
final class TmuxStage implements Stage {
  private static final String SESSION = "demo";
  private static final String COLUMNS = "200";
  private static final String ROWS = "50";
  private static final long LOOK_EVERY_NS = Duration.ofMillis(200).toNanos();
  private static final int KILLED = 137;

  private final String server = "frameline-demo-" + ProcessHandle.current().pid();
  private final PrintWriter terminal;
  private final String javaOptions;
  private final List<Pane> panes = new ArrayList<>();
  private Map<String, String> ends = Map.of();
  private long lookedNs;
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
    addPane(
        member,
        "start-server",
        ";",
        "set-option",
        "-g",
        "remain-on-exit",
        "on",
        ";",
        "set-option",
        "-g",
        "mouse",
        "on",
        ";",
        "set-option",
        "-g",
        "status-right",
        " Ctrl-B d: leave, the demo goes on ",
        ";",
        "set-option",
        "-g",
        "pane-border-status",
        "top",
        ";",
        "set-option",
        "-g",
        "pane-border-format",
        " #{pane_title} ",
        ";",
        "new-session",
        "-d",
        "-s",
        SESSION,
        "-x",
        COLUMNS,
        "-y",
        ROWS);
  }

  private void addPane(Member member, String... how) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(how));
    arguments.addAll(List.of("-P", "-F", "#{pane_id} #{pane_pid}"));
    arguments.addAll(JavaLauncher.commandLine(javaOptions, member.arguments()));
    String[] made = tmux(arguments.toArray(String[]::new)).strip().split(" ", 2);
    panes.add(new Pane(member, made[0], Long.parseLong(made[1])));
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

  /** Pane ids and exit codes of those whose process has ended. */
  private Map<String, String> ends() {
    if (System.nanoTime() - lookedNs < LOOK_EVERY_NS) {
      return ends;
    }
    lookedNs = System.nanoTime();
    Map<String, String> found = new HashMap<>();
    try {
      String format = "#{pane_dead} #{pane_id} #{pane_dead_status}";
      tmux("list-panes", "-s", "-t", SESSION, "-F", format)
          .lines()
          .map(line -> line.split(" ", 3))
          .filter(fields -> fields[0].equals("1"))
          .forEach(fields -> found.put(fields[1], fields[2]));
      ends = found;
    } catch (IOException e) {
      // Somebody closed the session; its processes end with it.
      panes.stream().filter(pane -> !pane.isAlive()).forEach(pane -> found.put(pane.id, ""));
      found.putAll(ends);
      ends = found;
    }
    return ends;
  }

  @Override
  public void close() {
    try {
      tmux("kill-server");
      if (attached != null) {
        exitCode(attached);
      }
    } catch (IOException e) {
      terminal.println("frameline: tmux had ended already: " + e.getMessage());
    }
  }

  private final class Pane implements Child {
    private final Member member;
    private final String id;
    private final long pid;

    Pane(Member member, String id, long pid) {
      this.member = member;
      this.id = id;
      this.pid = pid;
    }

    private boolean isAlive() {
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Override
    public Member member() {
      return member;
    }

    @Override
    public boolean hasEnded() {
      return ends().containsKey(id);
    }

    @Override
    public int exitCode() {
      String status = ends().get(id);
      return status.isEmpty() ? KILLED : Integer.parseInt(status);
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
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }

    @Override
    public void kill() {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
