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
import org.frameline.protocol.ElementType;
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

/** One frame on one thread, from pixels to a result in a direct buffer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
public class SpectrumBenchmark {
  private static final long SEED = 1;

  /** Frames as cameras send them. */
  public enum Frame {
    RGB8_640X480(ElementType.UINT8, 480, 640, 3),
    MONO8_512X512(ElementType.UINT8, 512, 512, 1),
    RGB8_768X576(ElementType.UINT8, 576, 768, 3),
    MONO16_1280X1024(ElementType.UINT16, 1024, 1280, 1),
    RGB8_1920X1080(ElementType.UINT8, 1080, 1920, 3);

    private final ElementType type;
    private final int height;
    private final int width;
    private final int channels;

    Frame(ElementType type, int height, int width, int channels) {
      this.type = type;
      this.height = height;
      this.width = width;
      this.channels = channels;
    }

    private List<Integer> shape() {
      return List.of(height, width, channels);
    }
  }

  /** {@link Measure} puts in all that can be used here, unless the command line names some. */
  @Param("")
  public String engine;

  @Param public Frame frame;

  @Param({"float32", "float64"})
  public String precision;

  @Param({"complex", "log-magnitude"})
  public String output;

  private ByteBuffer pixels;
  private SpectrumTransform transform;
  private ByteBuffer out;

  @Setup
  public void plan() {
    SpectrumFormat format =
        new SpectrumFormat(
            frame.shape(),
            frame.type,
            SpectrumOutput.ofOptionName(output),
            Precision.ofOptionName(precision));
    byte[] bytes = new byte[format.inputBytes()];
    new Random(SEED).nextBytes(bytes);
    pixels = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    transform = new SpectrumTransform(format, FftEngines.all().named(engine));
    out = ByteBuffer.allocateDirect(format.outputBytes());
  }

  @Benchmark
  public ByteBuffer transform() {
    transform.transform(pixels, out);
    return out;
  }
}
