package org.frameline.endtoend.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.frameline.cli.Frameline;
import org.frameline.program.StopSignal;

/**
 * Runs one command on many damaged files, one after the other, in one process with little memory,
 * and prints a line for each that it did not take as it should: one line on stderr and an exit
 * code. Usage: {@code SAMPLES SEED FIRST COUNT WORD...}, where the words are the command, with IN
 * and OUT in the place of files. A command that does not end ends the process.
 */
final class MutatedFiles {
  /** Exit code of a process in which a command did not end. */
  static final int HANGS = 70;

  private static final long DEADLINE_NS = 30_000_000_000L;
  private static final int MOST_LINES = 40;

  private final Path folder;
  private final List<String> words;
  private final List<Path> samples;
  private final List<Mutation> mutations = new ArrayList<>();
  private final Map<Integer, Integer> codes = new TreeMap<>();
  private final PrintStream report = System.out;
  private final AtomicLong began = new AtomicLong(Long.MAX_VALUE);
  private volatile String running = "";

  private MutatedFiles(Path folder, List<String> words) throws IOException {
    this.folder = folder;
    this.words = words;
    try (Stream<Path> files = Files.list(folder.resolve("samples"))) {
      samples = files.sorted().toList();
    }
    for (Path sample : samples) {
      mutations.add(new Mutation(Files.readAllBytes(sample)));
    }
  }

  public static void main(String[] args) throws IOException {
    MutatedFiles files = new MutatedFiles(Path.of(args[0]), List.of(args).subList(4, args.length));
    files.watch();
    int first = Integer.parseInt(args[2]);
    for (int i = first; i < first + Integer.parseInt(args[3]); i++) {
      files.run(Long.parseLong(args[1]), i);
    }
    files.report.println("DONE " + files.codes);
    files.report.flush();
    // A thread that is left must not hold the process.
    Runtime.getRuntime().halt(0);
  }

  private void watch() {
    Thread thread =
        new Thread(
            () -> {
              while (System.nanoTime() - began.get() < DEADLINE_NS
                  || began.get() == Long.MAX_VALUE) {
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
              }
              report.println("HANGS " + running);
              Thread.getAllStackTraces()
                  .forEach(
                      (who, stack) -> {
                        if (who.getName().equals("main")) {
                          Stream.of(stack).limit(60).forEach(line -> report.println("  " + line));
                        }
                      });
              report.flush();
              Runtime.getRuntime().halt(HANGS);
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void run(long seed, int number) throws IOException {
    int which = number % samples.size();
    Path in = folder.resolve("damaged.h5");
    Files.write(in, mutations.get(which).next(new Random(seed * 1_000_003 + number)));
    running = number + " " + samples.get(which).getFileName();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stderr = System.err;
    String fault = "";
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    began.set(System.nanoTime());
    try {
      int code = execute(in, out, err);
      codes.merge(code, 1, Integer::sum);
      fault =
          fault(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } catch (Throwable e) {
      java.io.StringWriter stack = new java.io.StringWriter();
      e.printStackTrace(new PrintWriter(stack, true));
      fault = "thrown: " + stack.toString().lines().limit(12).toList();
    } finally {
      began.set(Long.MAX_VALUE);
      System.setErr(stderr);
    }
    if (!fault.isEmpty()) {
      report.println("FAULT " + running + ": " + fault);
    }
  }

  private int execute(Path in, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    String[] args =
        words.stream()
            .map(word -> word.replace("IN", in.toString()))
            .map(word -> word.replace("OUT", folder.resolve("made").toString()))
            .toArray(String[]::new);
    StopSignal stop = new StopSignal();
    if (words.contains("--append")) {
      // What they append to they read before they wait for anybody.
      stop.stop();
    }
    return Frameline.commandLine(stop)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .execute(args);
  }

  private static String fault(int code, String out, String err) {
    List<String> lines = err.lines().toList();
    boolean isUgly =
        err.contains("should not have happened") || err.contains("\tat ") || err.contains("Error:");
    if (isUgly || code < 0 || code > 3 || lines.size() > MOST_LINES) {
      return "exit code " + code + ", " + lines.stream().limit(6).toList();
    }
    return code == 1 && (out + err).isBlank() ? "exit code 1 without a word" : "";
  }
}
