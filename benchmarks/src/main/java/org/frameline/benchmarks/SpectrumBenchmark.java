package org.frameline.benchmarks;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.frameline.fft.Precision;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumOutput;
import org.frameline.fft.SpectrumTransform;
import org.frameline.fft.engine.FftEngines;
import org.frameline.fft.engine.jtransforms.JTransformsEngine;
import org.frameline.protocol.ElementType;
import org.jtransforms.fft.DoubleFFT_2D;
import org.jtransforms.fft.FloatFFT_2D;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One frame 640x480x3 of uint8, pixels to spectrum on one thread, beside the same frame through the
 * FFT library's own 2-D call. Both include the conversion from uint8; the library's spectrum stays
 * in its array, the transform's is written to a direct buffer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
public class SpectrumBenchmark {
  private static final int HEIGHT = 480;
  private static final int WIDTH = 640;
  private static final int CHANNELS = 3;
  private static final long SEED = 1;

  private final byte[] pixels = new byte[HEIGHT * WIDTH * CHANNELS];

  /** Transforms of one engine and precision, for each output. */
  @State(Scope.Thread)
  public static class Ours {
    /** {@link Measure} puts in all that can be used here, unless the command line names some. */
    @Param("")
    public String engine;

    @Param({"float32", "float64"})
    public String precision;

    @Param({"complex", "power", "log-magnitude"})
    public String output;

    private SpectrumTransform transform;
    private ByteBuffer out;

    @Setup
    public void plan() {
      SpectrumFormat format =
          new SpectrumFormat(
              List.of(HEIGHT, WIDTH, CHANNELS),
              ElementType.UINT8,
              SpectrumOutput.ofOptionName(output),
              Precision.ofOptionName(precision));
      transform = new SpectrumTransform(format, FftEngines.all().named(engine));
      out = ByteBuffer.allocateDirect(format.outputBytes());
    }
  }

  /** The library's own 2-D plans. */
  @State(Scope.Thread)
  public static class Library {
    private FloatFFT_2D single;
    private DoubleFFT_2D dual;
    private float[] floats;
    private double[] doubles;

    @Setup
    public void plan() {
      // Making the engine tells the library to use one thread, as our transform does.
      FftEngines.all().named(JTransformsEngine.NAME);
      single = new FloatFFT_2D(HEIGHT, WIDTH);
      dual = new DoubleFFT_2D(HEIGHT, WIDTH);
      floats = new float[HEIGHT * 2 * WIDTH];
      doubles = new double[HEIGHT * 2 * WIDTH];
    }
  }

  @Setup
  public void fillFrame() {
    new Random(SEED).nextBytes(pixels);
  }

  @Benchmark
  public ByteBuffer transform(Ours ours) {
    ours.transform.transform(ByteBuffer.wrap(pixels), ours.out);
    return ours.out;
  }

  @Benchmark
  public float[] libraryFloat32(Library library) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int i = 0; i < HEIGHT * WIDTH; i++) {
        library.floats[i] = pixels[CHANNELS * i + channel] & 0xff;
      }
      library.single.realForwardFull(library.floats);
    }
    return library.floats;
  }

  @Benchmark
  public double[] libraryFloat64(Library library) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int i = 0; i < HEIGHT * WIDTH; i++) {
        library.doubles[i] = pixels[CHANNELS * i + channel] & 0xff;
      }
      library.dual.realForwardFull(library.doubles);
    }
    return library.doubles;
  }
}
