package org.frameline.publisher;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.publisher.source.Camera;
import org.frameline.publisher.source.Cameras;
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
    List<Camera> cameras;
    try {
      cameras = Cameras.list();
    } catch (IOException e) {
      throw ProgramException.failed("cannot list the cameras: " + e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    cameras.forEach(
        camera ->
            out.println(
                "webcam:" + camera.index() + "  " + camera.name() + "  " + camera.device()));
    if (cameras.isEmpty()) {
      out.println("This machine has no camera. Attach one, or use --source synthetic:fringes.");
    }
    out.flush();
    return ExitCode.DONE;
  }
}
