package org.frameline.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.program.command.DurationConverter;
import org.frameline.program.command.StandardOptions;
import org.frameline.program.command.VersionProvider;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.socket.Sockets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code frameline fetch}. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = {
      "Fetches files from a machine on which 'frameline serve' runs.",
      "A file is called NAME.part until it is whole and compared; the same command goes on with it"
          + " after a break. Exit code: 0 all is here, 3 something is missing: a recording that is"
          + " still being written was fetched up to its last checkpoint, or fetch was stopped."
    },
    footer = {
      "",
      "Example: a recording while it is being written, until it is finished:",
      "  frameline fetch 192.0.2.10 night.h5 --out recordings --follow"
    })
public final class FetchCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Parameters(
      index = "0",
      paramLabel = "HOST[:PORT]",
      converter = HostConverter.class,
      description = "The other machine; port 5580 if you do not say.")
  private Endpoint from;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATTERN",
      defaultValue = "*",
      description =
          "Name of a file, or names with * and ?, in quotes for the shell (default: all).")
  private String pattern;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder for the files; made where it is missing.")
  private Path out;

  @Option(
      names = "--follow",
      description = "Go on with a recording that is being written until it is finished.")
  private boolean follow;

  @Option(
      names = "--overwrite",
      description = "Replace files that are there already and differ (default: refuse).")
  private boolean overwrite;

  @Option(
      names = "--patience",
      paramLabel = "T",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description =
          "Give up when the other machine is silent for so long (default: ${DEFAULT-VALUE}).")
  private Duration patience;

  @Mixin private StandardOptions standard;

  /** A command that {@code stop} ends early. */
  public FetchCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    FetchConfig config = config();
    standard.requireWritable();
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw ProgramException.failed("cannot make the folder " + out + ": " + Problem.of(e), e);
    }
    try (Sockets sockets = new Sockets();
        RemoteFolder remote = new RemoteFolder(sockets, from, patience, stop)) {
      Fetch fetch = new Fetch(config, remote, stop);
      try {
        return fetch.run();
      } finally {
        fetch.report().writeTo(standard.report());
      }
    }
  }

  private FetchConfig config() {
    try {
      return new FetchConfig(
          from, new NamePattern(pattern), out.toAbsolutePath(), overwrite, follow, patience);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(e.getMessage());
    }
  }
}
