package org.frameline.cli.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumTransform;
import org.frameline.fft.engine.FftEngines;
import org.frameline.program.StopSignal;

/**
 * Transforms frames of several sizes, the camera's among them, with every engine that works here:
 * one thread, from pixels in a buffer to a spectrum in a buffer, as a worker does. One thread.
 */
final class FftProbe {
  private static final List<Integer> SIDES = List.of(256, 512, 1024, 2048);
  private static final int MOST_SAMPLES = 20_000;

  /** A figure takes so many measurements, and what is still being compiled more. */
  private static final int FEWEST = 3;

  private static final int MOST = 12;

  /** Pixels and spectra may take this part of the memory that Java grants to buffers. */
  private static final int PART_OF_MEMORY = 4;

  private static final double NS_PER_S = 1e9;

  private final Camera camera;
  private final StopSignal stop;

  FftProbe(Camera camera, StopSignal stop) {
    this.camera = camera;
    this.stop = stop;
  }

  void measure(Duration time, Findings findings) {
    List<String> engines = FftEngines.all().namesHere();
    FftEngines.all().obstacle().ifPresent(why -> findings.note("FFT engine " + why));
    List<Camera> sizes = sizes(camera);
    long deadline = System.nanoTime() + time.toNanos() / 2 * 3;
    Duration each = time.dividedBy((long) engines.size() * sizes.size());
    for (String engine : engines) {
      for (Camera size : sizes) {
        if (fits(size)) {
          run(engine, size, each, deadline)
              .map(rate -> new Measurement(Section.FFT, at(engine, size), size.frameBytes(), rate))
              .ifPresent(findings::add);
        } else {
          findings.note("FFT of " + size.label() + ": left out, too large for this memory");
        }
      }
    }
  }

  /** How a figure of this section is found. */
  static Map<String, Object> at(String engine, Camera size) {
    return Map.of("engine", engine, "size", size.size(), "pixel_format", size.format().pfncName());
  }

  /** Those that are transformed for a camera, the smallest first. */
  static List<Camera> sizes(Camera camera) {
    return Stream.concat(
            SIDES.stream().map(side -> new Camera(side, side, camera.format())), Stream.of(camera))
        .distinct()
        .sorted(Comparator.comparing(Camera::frameBytes))
        .toList();
  }

  private static boolean fits(Camera size) {
    SpectrumFormat format = size.spectrum();
    long bytes = (long) format.inputBytes() + 2L * format.outputBytes();
    return bytes < Runtime.getRuntime().maxMemory() / PART_OF_MEMORY;
  }

  /** Frames per second; nothing when it was stopped. */
  private Optional<Spread> run(String engine, Camera size, Duration time, long deadline) {
    SpectrumFormat format = size.spectrum();
    SpectrumTransform transform = new SpectrumTransform(format, FftEngines.all().named(engine));
    byte[] bytes = new byte[format.inputBytes()];
    new Random(1).nextBytes(bytes);
    ByteBuffer pixels = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    ByteBuffer out = ByteBuffer.allocateDirect(format.outputBytes());
    return new Settling(FEWEST, MOST, deadline)
        .last(() -> rate(() -> transform.transform(pixels, out), time.dividedBy(FEWEST)));
  }

  private Optional<Spread> rate(Runnable transform, Duration time) {
    List<Double> rates = new ArrayList<>();
    long begin = System.nanoTime();
    long last = begin;
    while (!stop.getAsBoolean()
        && (rates.isEmpty() || (last - begin < time.toNanos() && rates.size() < MOST_SAMPLES))) {
      transform.run();
      long now = System.nanoTime();
      rates.add(NS_PER_S / (now - last));
      last = now;
    }
    return stop.getAsBoolean() ? Optional.empty() : Optional.of(Spread.of(rates));
  }
}
