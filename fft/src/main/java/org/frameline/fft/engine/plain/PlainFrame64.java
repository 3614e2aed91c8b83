package org.frameline.fft.engine.plain;

import java.nio.ByteBuffer;
import org.frameline.fft.FrameFft;
import org.frameline.fft.SpectrumFormat;

/** Frames in double precision, one channel after the other. Not thread-safe. */
final class PlainFrame64 implements FrameFft {
  private final int channels;
  private final FramePixels64 source;
  private final PlaneTransform64 transform;
  private final SpectrumWriter64 writer;

  PlainFrame64(SpectrumFormat format, Parts64 parts) {
    channels = format.channels();
    source = parts.pixels(format);
    transform = new PlaneTransform64(format.height(), format.width(), parts);
    writer = new SpectrumWriter64(format, parts);
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
