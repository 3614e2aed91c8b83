package org.frameline.fft;

import java.nio.ByteBuffer;

/**
 * Plan that turns frames of one {@link SpectrumFormat} into their spectra, per channel as {@code
 * numpy.fft.rfft2}, reduced to the format's output. Owns its work arrays: one plan per thread.
 *
 * <p>Callers go through {@link SpectrumTransform}, which looks at the buffers first.
 */
@FunctionalInterface
public interface FrameFft {

  /**
   * Transforms one frame. Both buffers are little-endian, heap or direct, and hold exactly one
   * frame and one result between 0 and their capacity; neither may be kept.
   *
   * @param pixels {@link SpectrumFormat#inputShape()} in C order, perhaps read-only
   * @param out receives {@link SpectrumFormat#outputShape()} in C order, every byte of it
   */
  void transform(ByteBuffer pixels, ByteBuffer out);
}
