package org.frameline.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.frameline.fft.engine.FftEngines;
import org.frameline.fft.engine.jtransforms.JTransformsEngine;
import org.jtransforms.fft.DoubleFFT_2D;
import org.jtransforms.fft.FloatFFT_2D;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One frame 640x480x3 of uint8 through the two-dimensional call of JTransforms, on one thread, to
 * compare with {@link SpectrumBenchmark}. The conversion from uint8 is included; the spectrum stays
 * in the library's array.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
public class LibraryBenchmark {
  private static final int HEIGHT = 480;
  private static final int WIDTH = 640;
  private static final int CHANNELS = 3;
  private static final long SEED = 1;

  private final byte[] pixels = new byte[HEIGHT * WIDTH * CHANNELS];
  private FloatFFT_2D single;
  private DoubleFFT_2D dual;
  private float[] floats;
  private double[] doubles;

  @Setup
  public void plan() {
    new Random(SEED).nextBytes(pixels);
    // Making the engine tells the library to use one thread, as our transform does.
    FftEngines.all().named(JTransformsEngine.NAME);
    single = new FloatFFT_2D(HEIGHT, WIDTH);
    dual = new DoubleFFT_2D(HEIGHT, WIDTH);
    floats = new float[HEIGHT * 2 * WIDTH];
    doubles = new double[HEIGHT * 2 * WIDTH];
  }

  @Benchmark
  public float[] float32() {
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int i = 0; i < HEIGHT * WIDTH; i++) {
        floats[i] = pixels[CHANNELS * i + channel] & 0xff;
      }
      single.realForwardFull(floats);
    }
    return floats;
  }

  @Benchmark
  public double[] float64() {
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int i = 0; i < HEIGHT * WIDTH; i++) {
        doubles[i] = pixels[CHANNELS * i + channel] & 0xff;
      }
      dual.realForwardFull(doubles);
    }
    return doubles;
  }
}
