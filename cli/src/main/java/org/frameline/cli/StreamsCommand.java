package org.frameline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.program.TextTable;
import org.frameline.program.command.DurationConverter;
import org.frameline.program.discovery.AnnouncedStream;
import org.frameline.program.discovery.StreamSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code frameline streams}. */
@Command(
    name = "streams",
    mixinStandardHelpOptions = true,
    versionProvider = org.frameline.program.command.VersionProvider.class,
    description = "Lists what is published in the local network with --discoverable.",
    footer = {"", "Example:", "  frameline streams --for 5s"})
final class StreamsCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final StopSignal stop;

  @Option(
      names = "--for",
      paramLabel = "T",
      defaultValue = "3s",
      converter = DurationConverter.class,
      description = "How long to listen (default: ${DEFAULT-VALUE}).")
  private Duration time;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  StreamsCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    List<AnnouncedStream> streams;
    try {
      streams = new StreamSearch().listen(time, stop);
    } catch (IOException e) {
      throw ProgramException.failed("cannot look for streams: " + e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(toJson(streams));
    } else if (streams.isEmpty()) {
      out.println(
          "Nobody has announced a stream here. Publishers do so with --discoverable, in the same"
              + " network.");
    } else {
      print(streams, out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void print(List<AnnouncedStream> streams, PrintWriter out) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"topic", "--connect", "--control", "camera"});
    for (AnnouncedStream it : streams) {
      rows.add(
          new String[] {it.topic(), it.frames().toString(), it.control().toString(), it.camera()});
    }
    TextTable table = new TextTable(rows);
    rows.forEach(row -> out.println(table.line(row)));
  }

  private static String toJson(List<AnnouncedStream> streams) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (AnnouncedStream it : streams) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", it.name());
      one.put("topic", it.topic());
      one.put("frames", it.frames().toString());
      one.put("control", it.control().toString());
      one.put("camera", it.camera());
      all.add(one);
    }
    try {
      return MAPPER.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
