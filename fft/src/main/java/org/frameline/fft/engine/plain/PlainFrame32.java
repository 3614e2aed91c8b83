package org.frameline.fft.engine.plain;

import java.nio.ByteBuffer;
import org.frameline.fft.FrameFft;
import org.frameline.fft.SpectrumFormat;

/** Frames in single precision, one channel after the other. Not thread-safe. */
final class PlainFrame32 implements FrameFft {
  private final int channels;
  private final FramePixels32 source;
  private final PlaneTransform32 transform;
  private final SpectrumWriter32 writer;

  PlainFrame32(SpectrumFormat format, Parts32 parts) {
    channels = format.channels();
    source = parts.pixels(format);
    transform = new PlaneTransform32(format.height(), format.width(), parts);
    writer = new SpectrumWriter32(format, parts);
  }

  @Override
  public void transform(ByteBuffer pixels, ByteBuffer out) {
    source.begin(pixels);
    writer.begin(out);
    for (int channel = 0; channel < channels; channel++) {
      source.select(channel);
      writer.write(channel, transform.forward(source));
    }
    source.end();
    writer.end();
  }
}
