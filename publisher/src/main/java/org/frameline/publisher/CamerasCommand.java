package org.frameline.publisher;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.publisher.source.Camera;
import org.frameline.publisher.source.SourceKind;
import org.frameline.publisher.source.SourceKinds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code frameline cameras}. */
@Command(
    name = "cameras",
    mixinStandardHelpOptions = true,
    versionProvider = org.frameline.program.command.VersionProvider.class,
    description = "Lists the cameras of this machine.",
    footer = {"", "Example:", "  frameline cameras"})
public final class CamerasCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<Camera> cameras = new ArrayList<>();
    IOException failure = null;
    for (SourceKind kind : SourceKinds.all()) {
      try {
        cameras.addAll(kind.attached());
      } catch (IOException e) {
        // Those of other kinds are listed all the same.
        failure = e;
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    cameras.forEach(
        camera -> out.println(camera.source() + "  " + camera.name() + "  " + camera.device()));
    if (cameras.isEmpty() && failure == null) {
      out.println("This machine has no camera. Attach one, or use --source synthetic:fringes.");
    }
    out.flush();
    if (failure != null) {
      throw ProgramException.failed("cannot list the cameras: " + failure.getMessage(), failure);
    }
    return ExitCode.DONE;
  }
}
