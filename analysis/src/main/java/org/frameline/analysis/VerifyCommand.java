package org.frameline.analysis;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.frameline.program.ExitCode;
import org.frameline.program.Report;
import org.frameline.program.StopSignal;
import org.frameline.program.command.StandardOptions;
import org.frameline.program.command.VersionProvider;
import org.frameline.recording.check.RecordingCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frameline verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = {
      "Reads recordings from end to end and says what is there.",
      "Exit code: 0 complete, 3 readable but frames are missing or the recording was interrupted,"
          + " 1 damaged or no recording."
    },
    footer = {"", "Example:", "  frameline verify recording.h5"})
public final class VerifyCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings.")
  private List<Path> files;

  @Mixin private StandardOptions standard;

  /** A command that {@code stop} ends early. */
  public VerifyCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    standard.requireWritable();
    PrintWriter out = spec.commandLine().getOut();
    List<Verdict> verdicts = new ArrayList<>();
    for (Path file : files) {
      if (!stop.getAsBoolean()) {
        RecordingCheck.Result result =
            RecordingCheck.check(file, finding -> out.println(Verdict.line(file, finding)), stop);
        Verdict verdict = new Verdict(file, result);
        out.println(verdict.summary());
        out.flush();
        verdicts.add(verdict);
      }
    }
    report(verdicts).writeTo(standard.report());
    return verdicts.size() < files.size() ? ExitCode.FAILED : worst(verdicts);
  }

  private static int worst(List<Verdict> verdicts) {
    List<Integer> codes = verdicts.stream().map(Verdict::exitCode).toList();
    if (codes.contains(ExitCode.FAILED)) {
      return ExitCode.FAILED;
    }
    return codes.contains(ExitCode.FRAMES_MISSING) ? ExitCode.FRAMES_MISSING : ExitCode.DONE;
  }

  private static Report report(List<Verdict> verdicts) {
    return new Report("verify")
        .put("frames", verdicts.stream().mapToLong(it -> it.result().frames()).sum())
        .put("missing", verdicts.stream().mapToLong(it -> it.result().missing()).sum())
        .put("files", verdicts.stream().map(Verdict::toReport).toList());
  }
}
