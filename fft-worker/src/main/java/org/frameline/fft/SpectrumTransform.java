package org.frameline.fft;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.frameline.fft.engine.FftEngine;
import org.frameline.fft.engine.PlaneFft;

/**
 * Half spectra of frames of one format, per channel over rows and columns exactly as {@code
 * numpy.fft.rfft2(frame, axes=(0,1))}, the channel axis first: {@code out[c] =
 * rfft2(frame[:,:,c])}. Reuses its work arrays; not thread-safe, one per worker thread and format.
 */
public final class SpectrumTransform {
  private final SpectrumFormat format;
  private final PixelRows samples;
  private final Pipeline<?> pipeline;

  public SpectrumTransform(SpectrumFormat format, FftEngine engine) {
    this.format = format;
    samples = new PixelRows(format);
    pipeline =
        switch (format.precision()) {
          case FLOAT32 ->
              new Pipeline<>(
                  engine.float32(format.height(), format.width()),
                  new float[2 * format.bins()],
                  new SpectrumRows32(format.output(), format.bins()));
          case FLOAT64 ->
              new Pipeline<>(
                  engine.float64(format.height(), format.width()),
                  new double[2 * format.bins()],
                  new SpectrumRows64(format.output(), format.bins()));
        };
  }

  public SpectrumFormat format() {
    return format;
  }

  /**
   * Transforms one frame. Positions and limits of both buffers stay as they are.
   *
   * @param pixels the frame between position and limit, {@code [H,W]} or {@code [H,W,C]}, C order,
   *     little-endian
   * @param out receives {@link SpectrumFormat#outputShape()} between position and limit, C order,
   *     little-endian whatever the buffer's own order is; heap or direct
   * @throws IllegalArgumentException if a buffer does not hold exactly as many bytes as the format
   *     says, or {@code out} is read-only
   */
  public void transform(ByteBuffer pixels, ByteBuffer out) {
    requireBytes("pixels", format.inputBytes(), pixels);
    requireBytes("out", format.outputBytes(), out);
    if (out.isReadOnly()) {
      throw new IllegalArgumentException("out: expected a writable buffer, found a read-only one");
    }
    pipeline.run(samples, pixels, format, out.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  private void requireBytes(String name, int expected, ByteBuffer buffer) {
    if (buffer.remaining() != expected) {
      throw new IllegalArgumentException(
          name
              + ": expected "
              + expected
              + " bytes for a frame "
              + format.inputShape()
              + " of "
              + format.inputType().wireName()
              + " as "
              + format.outputType().wireName()
              + ", found "
              + buffer.remaining());
    }
  }

  /** The three stages that share one precision, tied by the type of their rows. */
  private record Pipeline<A>(PlaneFft<A> fft, A row, SpectrumRows<A> rows) {
    void run(PixelRows samples, ByteBuffer pixels, SpectrumFormat format, ByteBuffer out) {
      rows.begin(out);
      for (int channel = 0; channel < format.channels(); channel++) {
        samples.select(pixels, channel);
        fft.forward(samples);
        for (int y = 0; y < format.height(); y++) {
          fft.readRow(y, row);
          rows.put(row);
        }
      }
      samples.release();
      rows.end();
    }
  }
}
