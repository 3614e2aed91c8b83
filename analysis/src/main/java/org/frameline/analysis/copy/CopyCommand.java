package org.frameline.analysis.copy;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.frameline.analysis.images.FrameOptions;
import org.frameline.analysis.images.Selection;
import org.frameline.program.ExitCode;
import org.frameline.program.OutputFile;
import org.frameline.program.ProgramException;
import org.frameline.program.Progress;
import org.frameline.program.Report;
import org.frameline.program.StopSignal;
import org.frameline.program.Version;
import org.frameline.program.command.StandardOptions;
import org.frameline.program.command.VersionProvider;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.NumberedFiles;
import org.frameline.recording.copy.RecordingCopy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frameline copy}. */
@Command(
    name = "copy",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = {
      "Copies recordings into one: a part of them, several put together, or stored in another way.",
      "Frames keep their numbers and times. Entries of one stream become one entry, with every"
          + " frame once. What is compressed already, and stays so, is not decompressed.",
      "Exit code 3: done, but frames are missing, or the recording was interrupted, in the copy as"
          + " in what was copied."
    },
    footer = {
      "",
      "Example: a part; the files of a rotation as one; compressed:",
      "  frameline copy recording.h5 --from 100 --to 199 --out part.h5",
      "  frameline copy run_0001.h5 run_0002.h5 --out run.h5",
      "  frameline copy recording.h5 --compression gzip --out small.h5"
    })
public final class CopyCommand implements Callable<Integer> {
  private static final double NS_PER_S = Duration.ofSeconds(1).toNanos();
  private static final int THREADS =
      Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));

  private final StopSignal stop;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "The recordings. Where there is no run.h5, run.h5 stands for run_0001.h5, run_0002.h5"
              + " and so on.")
  private List<Path> files;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The recording to make.")
  private Path out;

  @Option(
      names = "--entry",
      paramLabel = "NAME",
      description = "Only this entry of each file (default: all).")
  private String entry;

  @Mixin private FrameOptions frames;

  @Option(
      names = "--compression",
      paramLabel = "HOW",
      description = "none, or gzip: shuffle and deflate (default: as in the first file).")
  private String compression;

  @Option(
      names = "--checksum",
      paramLabel = "HOW",
      description = "fletcher32 or none (default: as in the first file).")
  private String checksum;

  @Option(names = "--overwrite", description = "Replace the file when it is there already.")
  private boolean overwrite;

  @Mixin private StandardOptions standard;

  /** A command that {@code stop} ends early. */
  public CopyCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    Optional<Compression> asked = compression();
    Optional<Checksum> sum = checksum();
    Selection selection = frames.selection();
    standard.requireWritable();
    try {
      List<Path> sources = sources();
      OutputFile.requireWritable(out, overwrite, "--overwrite");
      requireOther(sources);
      return copy(
          new RecordingCopy.Request(
              sources,
              Optional.ofNullable(entry),
              selection.from(),
              selection.to(),
              asked,
              sum,
              "frameline copy",
              Version.NUMBER));
    } catch (IOException e) {
      throw ProgramException.failed(e.getMessage(), e);
    }
  }

  private int copy(RecordingCopy.Request request) throws IOException {
    long beganNs = System.nanoTime();
    RecordingCopy copy = new RecordingCopy(request);
    RecordingCopy.Result result;
    try (Progress progress = new Progress("copying", copy.frames(), out::toString)) {
      result =
          copy.run(out, THREADS, progress::update, stop)
              .orElseThrow(() -> ProgramException.failed("stopped; there is no " + out, null));
    }
    double seconds = (System.nanoTime() - beganNs) / NS_PER_S;
    say(result);
    new Report("copy")
        .put("out", out.toString())
        .put("entries", result.entries())
        .put("frames", result.frames())
        .put("missing", result.missing())
        .put("as_they_were", result.asTheyWere())
        .put("repeated", result.repeated())
        .put("complete", result.complete())
        .put("bytes", result.bytes())
        .put("seconds", seconds)
        .put("frames_per_second", result.frames() / seconds)
        .writeTo(standard.report());
    return result.missing() > 0 || !result.complete() ? ExitCode.FRAMES_MISSING : ExitCode.DONE;
  }

  private void say(RecordingCopy.Result result) {
    PrintWriter lines = spec.commandLine().getOut();
    lines.printf(
        Locale.ROOT,
        "%s: %d %s of %d %s, %.1f MB%n",
        out,
        result.frames(),
        result.frames() == 1 ? "frame" : "frames",
        result.entries(),
        result.entries() == 1 ? "entry" : "entries",
        result.bytes() / 1e6);
    lines.flush();
    PrintWriter notes = spec.commandLine().getErr();
    if (result.repeated() > 0) {
      notes.printf(
          "frameline: %d frames were there more than once, and were taken once%n",
          result.repeated());
    }
    if (result.missing() > 0) {
      notes.printf("frameline: %d frames are missing, as the copy says%n", result.missing());
    }
    if (!result.complete()) {
      notes.println(
          "frameline: the recording was interrupted, is cut short, or goes on; so says the copy");
    }
    notes.flush();
  }

  private List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path file : files) {
      List<Path> numbered = Files.exists(file) ? List.of() : NumberedFiles.of(file);
      if (numbered.isEmpty() && !Files.isReadable(file)) {
        throw new IOException(file + ": there is no such file, or it may not be read");
      }
      sources.addAll(numbered.isEmpty() ? List.of(file) : numbered);
    }
    return sources;
  }

  private void requireOther(List<Path> sources) throws IOException {
    for (Path source : sources) {
      if (Files.exists(out) && Files.isSameFile(source, out)) {
        throw ProgramException.usage(
            "expected --out to be another file than those to copy, found " + out);
      }
    }
  }

  private Optional<Compression> compression() {
    try {
      return compression == null ? Optional.empty() : Optional.of(Compression.of(compression));
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage("--compression: " + e.getMessage());
    }
  }

  private Optional<Checksum> checksum() {
    try {
      return checksum == null ? Optional.empty() : Optional.of(Checksum.of(checksum));
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage("--checksum: " + e.getMessage());
    }
  }
}
