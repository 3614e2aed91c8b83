package org.frameline.analysis.spectrum;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.frameline.analysis.images.ImageOptions;
import org.frameline.analysis.plot.PictureFolder;
import org.frameline.fft.FftEngine;
import org.frameline.fft.engine.EngineNames;
import org.frameline.fft.engine.FftEngines;
import org.frameline.program.ExitCode;
import org.frameline.program.OutputFile;
import org.frameline.program.ProgramException;
import org.frameline.program.Progress;
import org.frameline.program.Rate;
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

/** {@code frameline spectrum}. */
@Command(
    name = "spectrum",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = {
      "Computes the power spectrum of the frames of a recording, offline, with all cores: the mean,"
          + " its profiles and lines, and the strongest line of each frame.",
      "The mean value of each frame is removed first."
    },
    footer = {
      "",
      "Example: the fringes in a part of the image, with pixels of 3.45 micrometres:",
      "  frameline spectrum r.h5 --out s.h5 --roi 9,9,256x256 --pixel-size 3.45um"
    })
public final class SpectrumCommand implements Callable<Integer> {
  private static final Pattern LENGTH = Pattern.compile("([0-9.]{1,12})(nm|um|mm|m)");

  private final StopSignal stop;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A recording, or a file with a stack of images.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write everything to this HDF5 file (NeXus).")
  private Path out;

  @Option(
      names = "--plots",
      paramLabel = "FOLDER",
      description =
          "Draw the spectrum, its radial profile and the strongest line over time as PNG there.")
  private Path plots;

  @Option(names = "--overwrite", description = "Replace files that are there already.")
  private boolean overwrite;

  @Mixin private ImageOptions images;

  @Option(
      names = "--roi",
      paramLabel = "X,Y,WxH",
      description = "Only this part of the image, in pixels (default: all).")
  private String roi;

  @Option(
      names = "--channel",
      paramLabel = "WHICH",
      defaultValue = "mean",
      description = "red, green, blue, a number from 0, or the mean (default: ${DEFAULT-VALUE}).")
  private String channel;

  @Option(
      names = "--window",
      paramLabel = "NAME",
      defaultValue = "hann",
      description = "hann or none (default: ${DEFAULT-VALUE}).")
  private String window;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      completionCandidates = EngineNames.class,
      description = "FFT library: ${COMPLETION-CANDIDATES} (default: the first that works here).")
  private String engine;

  @Option(
      names = "--peaks",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many lines of the mean spectrum to list (default: ${DEFAULT-VALUE}).")
  private int peaks;

  @Option(
      names = "--pixel-size",
      paramLabel = "LENGTH",
      description = "Side of a pixel, such as 3.45um; then lines are also given per metre.")
  private String pixelSize;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads transform (default: as many as there are cores).")
  private Integer threads;

  @Mixin private StandardOptions standard;

  /** A command that {@code stop} ends early. */
  public SpectrumCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    SpectrumConfig config = config();
    standard.requireWritable();
    if (out != null) {
      OutputFile.requireWritable(out, overwrite, "--overwrite");
    }
    Rate rate = new Rate();
    Spectra spectra;
    try (Progress progress = new Progress("transforming", -1, () -> details(rate));
        SpectrumAnalysis analysis = SpectrumAnalysis.open(config, stop)) {
      if (plots != null) {
        PictureFolder.requireWritable(plots, SpectrumPlots.NAMES, overwrite);
      }
      spectra = analysis.run(frames -> count(frames, rate, progress));
      if (spectra == null) {
        throw ProgramException.failed("stopped; nothing was written", null);
      }
      if (out != null) {
        SpectrumFile.write(out, config, spectra);
      }
      if (plots != null) {
        PictureFolder.write(plots, SpectrumPlots.pictures(spectra), overwrite);
      }
    } catch (IOException e) {
      throw ProgramException.failed(e.getMessage(), e);
    }
    print(config, spectra);
    report(config, spectra, rate).writeTo(standard.report());
    return spectra.missing() > 0 ? ExitCode.FRAMES_MISSING : ExitCode.DONE;
  }

  private static void count(long frames, Rate rate, Progress progress) {
    rate.count(frames - rate.frames(), 0);
    progress.update(frames);
  }

  private static String details(Rate rate) {
    return String.format(Locale.ROOT, "%.1f frames/s", rate.framesPerSecond());
  }

  private SpectrumConfig config() {
    return usage(
        "",
        () ->
            new SpectrumConfig(
                file,
                images.entry(),
                images.dataset(),
                images.selection(),
                Optional.ofNullable(roi).map(text -> usage("--roi: ", () -> Region.parse(text))),
                usage("--channel: ", () -> channel(channel)),
                usage("--window: ", () -> Window.ofOptionName(window)),
                usage("--engine: ", this::engine),
                peaks,
                pixelSize == null
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(usage("--pixel-size: ", () -> metres(pixelSize))),
                threads == null ? Runtime.getRuntime().availableProcessors() : threads));
  }

  private FftEngine engine() {
    return engine == null ? FftEngines.all().best() : FftEngines.all().named(engine);
  }

  private static <T> T usage(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(option + e.getMessage());
    }
  }

  private static int channel(String text) {
    return switch (text) {
      case "mean" -> Plane.ALL_CHANNELS;
      case "red" -> 0;
      case "green" -> 1;
      case "blue" -> 2;
      default -> {
        if (!text.matches("\\d{1,4}")) {
          throw new IllegalArgumentException(
              "expected red, green, blue, mean or a number from 0, found \"" + text + "\"");
        }
        yield Integer.parseInt(text);
      }
    };
  }

  private static double metres(String text) {
    Matcher matcher = LENGTH.matcher(text);
    if (matcher.matches()) {
      try {
        double unit =
            switch (matcher.group(2)) {
              case "nm" -> 1e-9;
              case "um" -> 1e-6;
              case "mm" -> 1e-3;
              default -> 1;
            };
        double metres = Double.parseDouble(matcher.group(1)) * unit;
        if (metres > 0) {
          return metres;
        }
      } catch (NumberFormatException e) {
        // The message below says it.
      }
    }
    throw new IllegalArgumentException(
        "expected a length such as 3.45um, 500nm or 0.01mm, found \"" + text + "\"");
  }

  private void print(SpectrumConfig config, Spectra spectra) {
    PrintWriter print = spec.commandLine().getOut();
    print.printf(
        "%s: %d frames, %d missing, region %s%n",
        config.file(), spectra.series().numbers.length, spectra.missing(), spectra.region());
    for (String line : PeakTable.lines(config, spectra)) {
      print.println(line);
    }
    print.flush();
  }

  private static Report report(SpectrumConfig config, Spectra spectra, Rate rate) {
    Report report =
        new Report("spectrum")
            .put("frames", spectra.series().numbers.length)
            .put("missing", spectra.missing())
            .put("engine", config.engine().name())
            .put(
                "peaks",
                spectra.peaks().stream()
                    .map(
                        peak ->
                            java.util.Map.of(
                                "fx", peak.fx(),
                                "fy", peak.fy(),
                                "frequency", peak.frequency(),
                                "angle", peak.angle(),
                                "power", peak.power()))
                    .toList());
    rate.addTo(report);
    return report;
  }
}
