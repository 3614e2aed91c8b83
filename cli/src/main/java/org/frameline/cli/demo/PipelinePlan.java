package org.frameline.cli.demo;

import java.util.ArrayList;
import java.util.List;
import org.frameline.cli.process.Member;

/** Which processes a demo consists of, and how they find each other. Without state. */
final class PipelinePlan {
  private static final int CONTROL = 1;
  private static final int HISTORY = 2;
  private static final int TASKS = 5;
  private static final int RESULTS = 6;
  private static final int HANDSHAKE = 7;
  private static final int RECORDER_CONTROL = 15;
  private static final int SUBSCRIBERS = 2;

  private final DemoConfig config;

  private PipelinePlan(DemoConfig config) {
    this.config = config;
  }

  /** Publisher, recorder, ventilator, workers, sink; they wait for each other in any order. */
  static List<Member> members(DemoConfig config) {
    PipelinePlan plan = new PipelinePlan(config);
    List<Member> members = new ArrayList<>();
    members.add(plan.publisher());
    members.add(plan.recorder());
    members.add(plan.ventilator());
    for (int number = 1; number <= config.workers(); number++) {
      members.add(plan.worker(number));
    }
    members.add(plan.sink());
    return members;
  }

  private Member publisher() {
    Arguments arguments = new Arguments("publish").with("--source", config.source());
    if (config.frames() != null) {
      arguments.with("--frames", config.frames());
    }
    if (config.size() != null) {
      arguments.with("--size", config.size());
    }
    if (config.format() != null) {
      arguments.with("--format", config.format());
    } else if (config.spec().kind().isSimulated()) {
      // Grey keeps the files of a demo small.
      arguments.with("--format", "Mono8");
    }
    if (config.fps() != null) {
      arguments.with("--fps", config.fps());
    }
    if (!config.spec().kind().isLive()) {
      // A busy laptop then shows fewer frames per second instead of gaps.
      arguments.flag("--lossless");
    }
    arguments
        .with("--wait-for", SUBSCRIBERS)
        .port("--bind", 0)
        .port("--control-bind", CONTROL)
        .port("--history-bind", HISTORY);
    return arguments.member("publisher", "publish.json");
  }

  private Member recorder() {
    return new Arguments("record")
        .with("--out", config.directory().resolve(OutputDirectory.RECORDING))
        .flag("--overwrite")
        .port("--connect", 0)
        .port("--control", CONTROL)
        .port("--control-bind", RECORDER_CONTROL)
        .member("recorder", OutputDirectory.RECORDER_REPORT);
  }

  private Member ventilator() {
    return new Arguments("ventilate")
        .with("--workers", config.workers())
        .port("--connect", 0)
        .port("--control", CONTROL)
        .port("--bind", TASKS)
        .port("--sink", HANDSHAKE)
        .member("ventilator", "ventilate.json");
  }

  private Member worker(int number) {
    String name = Member.workerName(number);
    return new Arguments("fft")
        .with("--output", config.output())
        .port("--connect", TASKS)
        .port("--results", RESULTS)
        .member(name, name + ".json");
  }

  private Member sink() {
    return new Arguments("sink")
        .with("--out", config.directory().resolve(OutputDirectory.SPECTRA))
        .flag("--overwrite")
        .port("--bind", RESULTS)
        .port("--handshake", HANDSHAKE)
        .member("sink", OutputDirectory.SINK_REPORT);
  }

  /** Arguments in the making. */
  private final class Arguments {
    private final List<String> list = new ArrayList<>();

    Arguments(String command) {
      list.add(command);
    }

    Arguments flag(String option) {
      list.add(option);
      return this;
    }

    Arguments with(String option, Object value) {
      list.add(option);
      list.add(value.toString());
      return this;
    }

    /** An endpoint, unless it is the program's default anyway. */
    Arguments port(String option, int distance) {
      return config.portBase() == DemoConfig.DEFAULT_PORT_BASE
          ? this
          : with(option, "tcp://127.0.0.1:" + (config.portBase() + distance));
    }

    Member member(String name, String report) {
      return new Member(name, with("--report", config.directory().resolve(report)).list);
    }
  }
}
