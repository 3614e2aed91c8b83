package org.frameline.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.frameline.cli.process.Member;
import org.frameline.program.Report;
import org.frameline.recording.images.FrameReader;

/** Puts together what a demo leaves behind. Not thread-safe. */
final class DemoReport {
  private static final long NS_PER_S = 1_000_000_000;

  private final DemoConfig config;
  private final List<Member> members;
  private final Instant started;
  private final List<DemoFile> files = new ArrayList<>();

  DemoReport(DemoConfig config, List<Member> members, Instant started) {
    this.config = config;
    this.members = members;
    this.started = started;
  }

  /** Marks the directory as a demo's, and notes the command lines. */
  void begin() {
    head().writeTo(path(OutputDirectory.MARK));
  }

  private Report head() {
    return new Report("demo")
        .put("started", started.toString())
        .put("processes", members.stream().map(Member::commandLine).toList());
  }

  /** Reads what the processes have left, and writes the page. */
  Results finish() throws IOException {
    Duration lasted = Duration.between(started, Instant.now());
    Path recording = path(OutputDirectory.RECORDING);
    Results results =
        Results.read(config.directory(), config.workers(), firstFrameAfter(recording), lasted);
    Path spectra = path(OutputDirectory.SPECTRA);
    files.add(DemoFile.of(recording, "the frames, NeXus in HDF5"));
    files.add(DemoFile.of(spectra, "their spectra (" + config.output() + "), the same layout"));
    ReportPage.Content content =
        new ReportPage.Content(
            config.spec().label(),
            started.atZone(ZoneOffset.UTC),
            results,
            DemoPictures.read(recording, spectra, config.output()),
            List.copyOf(files),
            members);
    Path page = path(OutputDirectory.PAGE);
    Files.writeString(page, ReportPage.html(content));
    files.add(DemoFile.of(page, "the report, with pictures"));
    head()
        .put("frames", results.published())
        .put("missing", Math.max(results.recorder().missing(), results.sink().missing()))
        .put("frames_per_second", results.recorder().framesPerSecond())
        .put("first_frame_after_s", (double) results.firstFrameAfter().toNanos() / NS_PER_S)
        .put("seconds", (double) lasted.toNanos() / NS_PER_S)
        .writeTo(path(OutputDirectory.MARK));
    return results;
  }

  private Duration firstFrameAfter(Path recording) throws IOException {
    try (FrameReader reader = FrameReader.open(recording)) {
      if (reader.frames() == 0) {
        throw new IOException(recording + ": expected a frame at least, found none");
      }
      long ns = reader.timestampNs(0).orElseThrow();
      return Duration.between(started, Instant.ofEpochSecond(ns / NS_PER_S, ns % NS_PER_S));
    }
  }

  String summary(Results results) {
    return Summary.of(results, files);
  }

  private Path path(String name) {
    return config.directory().resolve(name);
  }
}
