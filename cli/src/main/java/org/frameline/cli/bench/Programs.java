package org.frameline.cli.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.frameline.cli.process.Member;
import org.frameline.protocol.Endpoint;

/**
 * Command lines of the programs of one pipeline, which find each other on free ports. Immutable.
 */
final class Programs {
  static final String PUBLISHER = "publisher";
  static final String SINK = "sink";
  static final String RECORDER = "recorder";

  private static final long KIB = 1024;
  private static final long MIB = KIB * KIB;
  private static final long MOST_KIB = 999_999;

  private final Endpoint frames;
  private final Endpoint control;
  private final Endpoint tasks;
  private final Endpoint results;
  private final Endpoint handshake;
  private final Endpoint recorderControl;

  Programs(FreePorts ports) {
    frames = ports.next();
    control = ports.next();
    tasks = ports.next();
    results = ports.next();
    handshake = ports.next();
    recorderControl = ports.next();
  }

  /** Where frames come from. */
  Endpoint frames() {
    return frames;
  }

  /** Where the publisher answers. */
  Endpoint control() {
    return control;
  }

  /** Where the sink answers. */
  Endpoint handshake() {
    return handshake;
  }

  /** Where the recorder answers. */
  Endpoint recorderControl() {
    return recorderControl;
  }

  /** Sends as fast as the slowest subscriber takes, without end, when so many are ready. */
  Member publisher(Camera camera, long historyBytes, int waitFor) {
    return publisher(camera, historyBytes, waitFor, List.of("--fps", "max", "--lossless"));
  }

  /** The same in another way. */
  Member publisher(Camera camera, long historyBytes, int waitFor, List<String> pace) {
    return new Line("publish")
        .with(camera.arguments())
        .with(pace)
        .with("--bind", frames, "--control-bind", control, "--history-bind", "tcp://127.0.0.1:*")
        .with("--history", size(historyBytes), "--wait-for", waitFor)
        .as(PUBLISHER);
  }

  /** At least so many bytes, in as many digits as the option takes. */
  private static String size(long bytes) {
    return bytes > MOST_KIB * KIB
        ? (bytes + MIB - 1) / MIB + "MiB"
        : (bytes + KIB - 1) / KIB + "KiB";
  }

  /** Deals out when so many workers are ready. */
  Member ventilator(int workers) {
    return new Line("ventilate")
        .with("--connect", frames, "--control", control, "--bind", tasks, "--sink", handshake)
        .with("--workers", workers)
        .as("ventilator");
  }

  /** Counted from 1. */
  Member worker(int number) {
    return new Line("fft")
        .with("--connect", tasks, "--results", results)
        .as(Member.workerName(number));
  }

  Member sink() {
    return new Line("sink").with("--bind", results, "--handshake", handshake).as(SINK);
  }

  Member recorder(Path file) {
    return new Line("record")
        .with("--out", file, "--connect", frames, "--control", control)
        .with("--control-bind", recorderControl)
        .as(RECORDER);
  }

  /** The same program, which leaves a report at its end. */
  static Member reporting(Member member, Path report) {
    List<String> arguments = new ArrayList<>(member.arguments());
    arguments.addAll(List.of("--report", report.toString()));
    return new Member(member.name(), arguments);
  }

  /** A command line in the making. */
  private static final class Line {
    private final List<String> words = new ArrayList<>();

    Line(String command) {
      words.add(command);
    }

    Line with(Object... more) {
      for (Object word : more) {
        words.add(word.toString());
      }
      return this;
    }

    Line with(List<String> more) {
      words.addAll(more);
      return this;
    }

    Member as(String name) {
      return new Member(name, words);
    }
  }
}
