package org.frameline.endtoend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.frameline.testing.Program;

/** A whole pipeline of real processes in one directory. Used by one test. */
final class Pipeline implements AutoCloseable {
  private final Path directory;
  private final String javaOptions;
  private final Endpoints ports;
  private final Map<String, List<String>> commands = new LinkedHashMap<>();
  private final Map<String, Program> programs = new LinkedHashMap<>();

  Pipeline(Path directory) {
    this(directory, "");
  }

  /** All of its processes get these options for Java. */
  Pipeline(Path directory, String javaOptions) {
    this(directory, javaOptions, Endpoints.free());
  }

  private Pipeline(Path directory, String javaOptions, Endpoints ports) {
    this.directory = directory;
    this.javaOptions = javaOptions;
    this.ports = ports;
  }

  /** Further processes of the same pipeline, such as one that is started again. */
  Pipeline sharingPorts(Path otherDirectory) {
    return new Pipeline(otherDirectory, javaOptions, ports);
  }

  Endpoints ports() {
    return ports;
  }

  Pipeline publisher(int waitFor, String... more) {
    return add(
        "publish",
        more,
        "publish",
        "--bind",
        ports.frames(),
        "--control-bind",
        ports.control(),
        "--history-bind",
        "tcp://127.0.0.1:*",
        "--wait-for",
        Integer.toString(waitFor),
        "--report",
        "publish.json");
  }

  Pipeline recorder(String... more) {
    return recorderTo("recording.h5", more);
  }

  Pipeline recorderTo(String file, String... more) {
    return add(
        "record",
        more,
        "record",
        "--connect",
        ports.frames(),
        "--control",
        ports.control(),
        "--control-bind",
        ports.recorderControl(),
        "--out",
        file,
        "--report",
        "record.json");
  }

  Pipeline transform(int workers, String... workerOptions) {
    ventilator(workers);
    for (int i = 1; i <= workers; i++) {
      worker("fft-" + i, workerOptions);
    }
    return this;
  }

  Pipeline ventilator(int workers, String... more) {
    return add(
        "ventilate",
        more,
        "ventilate",
        "--connect",
        ports.frames(),
        "--control",
        ports.control(),
        "--bind",
        ports.tasks(),
        "--sink",
        ports.handshake(),
        "--workers",
        Integer.toString(workers),
        "--report",
        "ventilate.json");
  }

  Pipeline worker(String name, String... more) {
    return add(
        name,
        more,
        "fft",
        "--connect",
        ports.tasks(),
        "--results",
        ports.results(),
        "--report",
        name + ".json");
  }

  Pipeline sink(String... more) {
    return add(
        "sink",
        more,
        "sink",
        "--bind",
        ports.results(),
        "--handshake",
        ports.handshake(),
        "--report",
        "sink.json");
  }

  private Pipeline add(String name, String[] more, String... command) {
    List<String> all = new ArrayList<>(Arrays.asList(command));
    all.addAll(Arrays.asList(more));
    commands.put(name, all);
    return this;
  }

  /** Starts those that were added since the last start, in the order they were added. */
  Pipeline start() {
    commands.keySet().stream()
        .filter(name -> !programs.containsKey(name))
        .toList()
        .forEach(this::startOne);
    return this;
  }

  /** Starts all that were added in a random order, which it returns. */
  List<String> startInAnyOrder(Random random) {
    List<String> names = new ArrayList<>(commands.keySet());
    Collections.shuffle(names, random);
    names.forEach(this::startOne);
    return names;
  }

  /** Starts all that were added in this order, each when the one before has said something. */
  void startInOrder(List<String> names) {
    for (String name : names) {
      startOne(name);
      programs.get(name).awaitAnyOutput();
    }
  }

  private void startOne(String name) {
    programs.put(
        name, Program.frameline(directory, javaOptions, commands.get(name).toArray(String[]::new)));
  }

  /** SIGKILL, and the same command again. */
  Program killAndRestart(String name) {
    programs.get(name).close();
    startOne(name);
    return programs.get(name);
  }

  Program program(String name) {
    return programs.get(name);
  }

  List<Program> programs() {
    return List.copyOf(programs.values());
  }

  /** Waits until every process has ended by itself; their exit codes by name. */
  Map<String, Integer> awaitExits() {
    Map<String, Integer> exits = new LinkedHashMap<>();
    programs.forEach((name, program) -> exits.put(name, program.awaitExit()));
    return exits;
  }

  /** Everything everybody printed, for failures. */
  String output() {
    StringBuilder all = new StringBuilder();
    programs.forEach(
        (name, program) ->
            all.append("--- ").append(name).append('\n').append(program.output()).append('\n'));
    return all.toString();
  }

  @Override
  public void close() {
    programs.values().forEach(Program::close);
  }
}
