package org.frameline.fft;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Half spectra of frames of one format, per channel over rows and columns exactly as {@code
 * numpy.fft.rfft2(frame, axes=(0,1))}, the channel axis first: {@code out[c] =
 * rfft2(frame[:,:,c])}. Reuses its work arrays; not thread-safe, one per worker thread and format.
 */
public final class SpectrumTransform {
  private final SpectrumFormat format;
  private final FrameFft plan;

  public SpectrumTransform(SpectrumFormat format, FftEngine engine) {
    this.format = format;
    plan = engine.frames(format);
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
    plan.transform(little(pixels), little(out));
  }

  private static ByteBuffer little(ByteBuffer buffer) {
    return buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
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
}
