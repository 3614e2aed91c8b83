package org.frameline.analysis.spectrum;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.frameline.program.Version;
import org.frameline.recording.EntryNames;
import org.frameline.recording.write.ResultGroup;

/**
 * The file of spectra, in NeXus form: docs/recording-format.md, "Files of spectra of a recording".
 * Without state.
 */
final class SpectrumFile {
  private static final String PROGRAM = "frameline spectrum";
  private static final String PER_PIXEL = "1/pixel";

  private SpectrumFile() {}

  /** Writes it. */
  static void write(Path file, SpectrumConfig config, Spectra spectra) throws IOException {
    ResultGroup root =
        new ResultGroup()
            .attribute(EntryNames.NX_CLASS, "NXroot")
            .attribute(EntryNames.DEFAULT, EntryNames.FIRST)
            .attribute(EntryNames.FILE_TIME, Instant.now().toString());
    ResultGroup entry =
        root.group(EntryNames.FIRST, "NXentry").attribute(EntryNames.DEFAULT, "spectrum");
    entry.text(EntryNames.TITLE, "Power spectrum of " + config.file().getFileName());
    addProcess(entry, config, spectra);
    Path folder = file.toAbsolutePath().getParent();
    entry.link(
        "source",
        folder.relativize(config.file().toAbsolutePath().normalize()).toString(),
        config.dataset().orElse("/" + config.entry().orElse(EntryNames.FIRST)));
    addSpectrum(entry, spectra.mean());
    addProfile(entry, "radial", "frequency", PER_PIXEL, Profile.radial(spectra.mean()));
    addProfile(entry, "angular", "angle", "degree", Profile.angular(spectra.mean()));
    addPeaks(entry, spectra.peaks(), config);
    addFrames(entry, spectra);
    root.write(file, PROGRAM + " " + Version.NUMBER);
  }

  private static void addProcess(ResultGroup entry, SpectrumConfig config, Spectra spectra) {
    long[] numbers = spectra.series().numbers;
    ResultGroup process = entry.group(EntryNames.PROCESS, "NXprocess");
    process.text(EntryNames.PROGRAM, PROGRAM);
    process.text(EntryNames.VERSION, Version.NUMBER);
    process.text(EntryNames.DATE, Instant.now().toString());
    process
        .group(EntryNames.PARAMETERS, "NXcollection")
        .attribute("source_file", config.file().toAbsolutePath().normalize().toString())
        .attribute("first_frame", numbers[0])
        .attribute("last_frame", numbers[numbers.length - 1])
        .attribute("frames", (long) numbers.length)
        .attribute(EntryNames.MISSING, spectra.missing())
        .attribute("every", config.selection().every())
        .attribute("roi", spectra.region().toString())
        .attribute(
            "channel",
            config.channel() == Plane.ALL_CHANNELS ? "mean" : Integer.toString(config.channel()))
        .attribute("window", config.window().optionName())
        .attribute("mean_removed", true);
  }

  /** With negative frequencies first, so that the axis ascends. */
  private static void addSpectrum(ResultGroup entry, Power mean) {
    int height = mean.height();
    int bins = mean.bins();
    double[] shifted = new double[height * bins];
    double[] fy = new double[height];
    int negative = height - height / 2 - 1;
    for (int i = 0; i < height; i++) {
      int cycles = i - negative;
      int row = Math.floorMod(cycles, height);
      fy[i] = (double) cycles / height;
      System.arraycopy(mean.values(), row * bins, shifted, i * bins, bins);
    }
    double[] fx = new double[bins];
    for (int i = 0; i < bins; i++) {
      fx[i] = (double) i / mean.width();
    }
    ResultGroup group =
        entry
            .group("spectrum", "NXdata")
            .attribute("signal", "mean_power")
            .attribute("axes", List.of("fy", "fx"))
            .attribute("SILX_style", "{\"signal_scale_type\": \"log\"}");
    group
        .numbers("mean_power", shifted, height, bins)
        .attribute(EntryNames.INTERPRETATION, "image")
        .attribute("long_name", "power, mean over frames");
    frequency(group.numbers("fy", fy, height), "frequency down a column");
    frequency(group.numbers("fx", fx, bins), "frequency along a row");
  }

  private static void frequency(ResultGroup attributes, String name) {
    attributes.attribute("units", PER_PIXEL).attribute("long_name", name);
  }

  private static void addProfile(
      ResultGroup entry, String name, String axis, String units, Profile profile) {
    ResultGroup group =
        entry.group(name, "NXdata").attribute("signal", "power").attribute("axes", List.of(axis));
    group.numbers("power", profile.power(), profile.power().length);
    group.numbers(axis, profile.positions(), profile.positions().length).attribute("units", units);
  }

  private static void addPeaks(ResultGroup entry, List<Peak> peaks, SpectrumConfig config) {
    ResultGroup group =
        entry
            .group("peaks", "NXdata")
            .attribute("signal", "power")
            .attribute("axes", List.of("frequency"));
    column(group, "power", peaks, Peak::power);
    frequency(column(group, "frequency", peaks, Peak::frequency), "frequency across the crests");
    frequency(column(group, "fx", peaks, Peak::fx), "frequency along a row");
    frequency(column(group, "fy", peaks, Peak::fy), "frequency down a column");
    column(group, "angle", peaks, Peak::angle).attribute("units", "degree");
    config
        .pixelMetres()
        .ifPresent(
            metres ->
                column(group, "frequency_per_metre", peaks, peak -> peak.frequency() / metres)
                    .attribute("units", "1/m"));
  }

  private static ResultGroup column(
      ResultGroup group, String name, List<Peak> peaks, ToDoubleFunction<Peak> value) {
    return group.numbers(name, peaks.stream().mapToDouble(value).toArray(), peaks.size());
  }

  private static void addFrames(ResultGroup entry, Spectra spectra) {
    Spectra.Series series = spectra.series();
    int count = series.numbers.length;
    ResultGroup group =
        entry
            .group("frames", "NXdata")
            .attribute("signal", "total_power")
            .attribute("axes", List.of(EntryNames.FRAME_NUMBER));
    group.integers(EntryNames.FRAME_NUMBER, series.numbers, count);
    group
        .integers(EntryNames.TIMESTAMP, series.timesNs, count)
        .attribute("units", "ns")
        .attribute("start", "epoch");
    group.numbers("total_power", series.total, count);
    frequency(perFrame(group, "peak_fx", series, Peak::fx), "of the strongest line");
    frequency(perFrame(group, "peak_fy", series, Peak::fy), "of the strongest line");
    perFrame(group, "peak_power", series, Peak::power);
  }

  private static ResultGroup perFrame(
      ResultGroup group, String name, Spectra.Series series, ToDoubleFunction<Peak> value) {
    double[] values =
        Arrays.stream(series.strongest)
            .mapToDouble(peak -> peak == null ? Double.NaN : value.applyAsDouble(peak))
            .toArray();
    return group.numbers(name, values, values.length);
  }
}
