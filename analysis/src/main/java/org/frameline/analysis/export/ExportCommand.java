package org.frameline.analysis.export;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.frameline.analysis.images.ImageOptions;
import org.frameline.analysis.images.Selection;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.program.Report;
import org.frameline.program.StopSignal;
import org.frameline.program.command.StandardOptions;
import org.frameline.program.command.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frameline export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = {
      "Makes pictures or a video of a recording, or of images in another HDF5 file.",
      "The name given to --out says what: a folder or a name such as frame_%%06d.tif for a picture"
          + " of each frame, .png or .tif for one frame, .mp4 for a video.",
      "Exit code 3: done, but some of the frames asked for are missing in the recording."
    },
    footer = {
      "",
      "Example: a video, and frame 250 as a picture:",
      "  frameline export recording.h5 --out recording.mp4",
      "  frameline export recording.h5 --frame 250 --out frame.png"
    })
public final class ExportCommand implements Callable<Integer> {
  private static final Pattern TILES = Pattern.compile("([0-9]{1,4})x([0-9]{1,4})");

  private final StopSignal stop;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The recording.")
  private Path file;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "What to make: a folder, a name with %%06d, or a file .png, .tif, .mp4.")
  private Path out;

  @Mixin private ImageOptions images;

  @Option(names = "--frame", paramLabel = "N", description = "This frame alone.")
  private Long frame;

  @Option(
      names = "--fps",
      paramLabel = "F",
      description =
          "Frames per second of a video (default: as recorded; with --every it still shows true"
              + " time).")
  private Double fps;

  @Option(
      names = "--range",
      paramLabel = "MIN,MAX",
      description =
          "The values that become black and white; 'auto' looks for the lowest and the highest;"
              + " 'full' is the range of the type (default: full, for real numbers auto).")
  private String range;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Pictures in a folder: ${COMPLETION-CANDIDATES} (default: png).")
  private Pictures format;

  @Option(
      names = "--contact-sheet",
      description = "Make one PNG of small pictures, evenly spread, with numbers and times.")
  private boolean contactSheet;

  @Option(
      names = "--tiles",
      paramLabel = "CxR",
      description = "Columns and rows of the contact sheet (default: 5x4).")
  private String tiles;

  @Option(names = "--overwrite", description = "Replace files that are there already.")
  private boolean overwrite;

  @Mixin private StandardOptions standard;

  /** Values of {@code --format}. */
  enum Pictures {
    png,
    tiff
  }

  /** A command that {@code stop} ends early. */
  public ExportCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    ExportConfig config = config();
    standard.requireWritable();
    Export.Result result = new Export(config, stop).run();
    PrintWriter lines = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    lines.println(result.summary());
    if (result.usualRate()) {
      err.println(
          "frameline: "
              + file
              + " does not say how fast its images were taken; the video shows "
              + (int) Export.USUAL_RATE
              + " frames/s, --fps sets another rate");
    }
    if (result.missing() > 0) {
      err.println(
          "frameline: "
              + result.missing()
              + " of the frames asked for are missing in "
              + file
              + ", the first is "
              + result.firstMissing());
    }
    lines.flush();
    err.flush();
    new Report("export")
        .put("out", out.toString())
        .put("frames", result.frames())
        .put("missing", result.missing())
        .put("seconds", result.seconds())
        .put("frames_per_second", result.frames() / result.seconds())
        .writeTo(standard.report());
    return result.missing() > 0 ? ExitCode.FRAMES_MISSING : ExitCode.DONE;
  }

  private ExportConfig config() {
    if (frame != null && images.isRange()) {
      throw ProgramException.usage("expected --frame, or --from, --to and --every, found both");
    }
    if (tiles != null && !contactSheet) {
      throw ProgramException.usage("--tiles is for --contact-sheet");
    }
    try {
      Target target =
          Target.of(
              out,
              contactSheet,
              format == null
                  ? Optional.empty()
                  : Optional.of(format == Pictures.png ? PictureFormat.PNG : PictureFormat.TIFF));
      Selection selection =
          frame != null
              ? new Selection(OptionalLong.of(frame), OptionalLong.of(frame), 1)
              : images.selection();
      return new ExportConfig(
          file,
          images.entry(),
          images.dataset(),
          target,
          selection,
          range == null ? Levels.FULL : Levels.parse(range),
          fps == null ? OptionalDouble.empty() : OptionalDouble.of(fps),
          tiles(),
          overwrite);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(e.getMessage());
    }
  }

  private ExportConfig.Tiles tiles() {
    if (tiles == null) {
      return new ExportConfig.Tiles(5, 4);
    }
    Matcher matcher = TILES.matcher(tiles);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "--tiles: expected columns and rows such as 5x4, found \"" + tiles + "\"");
    }
    return new ExportConfig.Tiles(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }
}
