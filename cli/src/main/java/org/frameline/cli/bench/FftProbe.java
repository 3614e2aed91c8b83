package org.frameline.cli.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

  /** Of the time for one figure. */
  private static final double WARM_UP = 0.35;

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
    // Once more for each engine, until the compiler knows it.
    Duration each = time.dividedBy((long) engines.size() * (sizes.size() + 1));
    for (String engine : engines) {
      run(engine, sizes.get(0), each);
      for (Camera size : sizes) {
        if (fits(size)) {
          List<Double> rates = run(engine, size, each);
          if (!rates.isEmpty()) {
            findings.add(
                new Measurement(
                    Section.FFT, at(engine, size), size.frameBytes(), Spread.of(rates)));
          }
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

  /** Frames per second, one value for each frame after the warm-up; none when it was stopped. */
  private List<Double> run(String engine, Camera size, Duration time) {
    SpectrumFormat format = size.spectrum();
    SpectrumTransform transform = new SpectrumTransform(format, FftEngines.all().named(engine));
    byte[] bytes = new byte[format.inputBytes()];
    new Random(1).nextBytes(bytes);
    ByteBuffer pixels = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    ByteBuffer out = ByteBuffer.allocateDirect(format.outputBytes());
    List<Double> rates = new ArrayList<>();
    long begin = System.nanoTime();
    long last = begin;
    while (!stop.getAsBoolean()
        && (rates.isEmpty() || (last - begin < time.toNanos() && rates.size() < MOST_SAMPLES))) {
      transform.transform(pixels, out);
      long now = System.nanoTime();
      if (last - begin >= WARM_UP * time.toNanos()) {
        rates.add(NS_PER_S / (now - last));
      }
      last = now;
    }
    return rates;
  }
}
