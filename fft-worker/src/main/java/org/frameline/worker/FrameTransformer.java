package org.frameline.worker;

import java.nio.ByteBuffer;
import org.frameline.fft.FftEngine;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumTransform;

/** Transforms frames, with the plan of the last format. Not thread-safe, one per thread. */
final class FrameTransformer {
  private final FftEngine engine;
  private SpectrumTransform transform;

  FrameTransformer(FftEngine engine) {
    this.engine = engine;
  }

  /**
   * Transforms one frame.
   *
   * @param pixels as the format says
   * @param spectrum takes the result, {@link SpectrumFormat#outputBytes} bytes, little endian
   */
  void transform(SpectrumFormat format, ByteBuffer pixels, ByteBuffer spectrum) {
    if (transform == null || !transform.format().equals(format)) {
      transform = new SpectrumTransform(format, engine);
    }
    transform.transform(pixels, spectrum);
  }
}
