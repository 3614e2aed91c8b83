package org.frameline.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.program.command.EndpointConverter;
import org.frameline.program.command.StandardOptions;
import org.frameline.program.command.VersionProvider;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.socket.Sockets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code frameline serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = {
      "Lets other machines fetch the files of a folder, also recordings that are being written.",
      "Served are the files that lie directly in DIR, but for hidden ones, links, and those that are"
          + " not finished (.part, .new)."
    },
    footer = {
      "",
      "Example: for every machine of the network:",
      "  frameline serve /data --bind tcp://0.0.0.0:5580"
    })
public final class ServeCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Parameters(paramLabel = "DIR", description = "The folder.")
  private Path folder;

  @Option(
      names = "--bind",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5580",
      converter = EndpointConverter.class,
      description = "Where files are asked for (default: ${DEFAULT-VALUE}).")
  private Endpoint bind;

  @Option(
      names = "--control-bind",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5581",
      converter = EndpointConverter.class,
      description = "The control socket (default: ${DEFAULT-VALUE}).")
  private Endpoint control;

  @Mixin private StandardOptions standard;

  /** A command that {@code stop} ends. */
  public ServeCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    standard.requireWritable();
    ServeConfig config = new ServeConfig(realFolder(), bind, control);
    try (Sockets sockets = new Sockets();
        ServeLoop loop = new ServeLoop(config, sockets, stop)) {
      try {
        loop.run();
      } finally {
        loop.report().writeTo(standard.report());
      }
      return ExitCode.DONE;
    }
  }

  private Path realFolder() {
    if (!Files.isDirectory(folder)) {
      throw ProgramException.failed("cannot serve " + folder + ": there is no such folder", null);
    }
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw ProgramException.failed("cannot serve " + folder + ": " + Problem.of(e), e);
    }
  }
}
