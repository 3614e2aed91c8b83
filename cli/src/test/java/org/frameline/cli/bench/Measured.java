package org.frameline.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.frameline.fft.engine.FftEngines;
import org.frameline.protocol.PixelFormat;

/** A benchmark as it may have gone. No state. */
final class Measured {
  static final Camera CAMERA = new Camera(640, 480, PixelFormat.RGB8);
  static final Machine MACHINE =
      new Machine("CPU <fast> & new", 2, 8L << 30, "Linux", "17", "ext4", 3.5);

  private Measured() {}

  static Spread spread(double median) {
    return new Spread(median, 0.9 * median, 1.1 * median, 8);
  }

  private static void add(
      Findings findings, Section section, Map<String, Object> at, long bytes, double rate) {
    findings.add(new Measurement(section, at, bytes, spread(rate)));
  }

  /** Every section has figures. */
  static Findings findings(double diskBytesPerSecond) {
    Findings findings = new Findings();
    add(findings, Section.MEMORY, Map.of("threads", 1), 1 << 20, 8_000);
    long fileBytes = 1L << 30;
    add(
        findings,
        Section.DISK,
        Map.of("file_bytes", fileBytes),
        fileBytes,
        diskBytesPerSecond / fileBytes);
    for (String path : List.of(TransportProbe.RING, TransportProbe.TCP)) {
      for (int subscribers : List.of(1, 8)) {
        for (Camera size : List.of(new Camera(32, 32, PixelFormat.MONO8), CAMERA)) {
          double rate = 2e9 / (size.frameBytes() + 10_000) / subscribers;
          Map<String, Object> at = TransportProbe.at(path, size, subscribers);
          add(findings, Section.TRANSPORT, at, size.frameBytes(), rate);
        }
      }
    }
    for (Camera size : FftProbe.sizes(CAMERA)) {
      for (String engine : FftEngines.all().namesHere()) {
        double rate = 1e8 / size.frameBytes();
        add(findings, Section.FFT, FftProbe.at(engine, size), size.frameBytes(), rate);
      }
    }
    for (int workers : List.of(1, 2)) {
      double rate = 80 * workers;
      add(findings, Section.PIPELINE, PipelineProbe.at(workers, false), CAMERA.frameBytes(), rate);
    }
    add(findings, Section.PIPELINE, PipelineProbe.at(2, true), CAMERA.frameBytes(), 150);
    findings.note("a note with <b> in it");
    return findings;
  }

  static Trial trial(double share, long transformed, double transformedPerSecond) {
    return new Trial(share, 100, 100, 1_000, 1_000, transformed, transformedPerSecond);
  }

  static Result result() {
    Findings findings = findings(1e9);
    return new Result(
        CAMERA,
        MACHINE,
        Instant.parse("2026-11-28T02:00:00Z"),
        Duration.ofSeconds(50),
        findings,
        Prediction.from(CAMERA, findings),
        List.of(trial(0.9, 1_000, 100), trial(1.3, 900, 80)));
  }
}
