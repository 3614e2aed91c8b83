package org.frameline.fft;

import java.nio.ByteBuffer;
import org.frameline.protocol.ElementType;

/**
 * Reads one channel of an interleaved frame {@code [H,W,C]}, C order, little-endian. One thread.
 */
final class PixelRows implements SampleRows {
  private final int channels;
  private final int rowBytes;
  private final boolean wide;
  private final byte[] bytes;
  private ByteBuffer pixels;
  private int channel;

  PixelRows(SpectrumFormat format) {
    channels = format.channels();
    wide = format.inputType() == ElementType.UINT16;
    rowBytes = format.width() * channels * format.inputType().bytes();
    bytes = new byte[rowBytes];
  }

  /** Selects what is read next; the frame starts at the buffer's first byte. */
  void select(ByteBuffer frame, int channelIndex) {
    pixels = frame;
    channel = channelIndex;
  }

  /** Lets go of the frame, so that an idle worker does not keep it alive. */
  void release() {
    pixels = null;
  }

  @Override
  public void read(int row, float[] samples) {
    pixels.get(row * rowBytes, bytes, 0, rowBytes);
    if (wide) {
      int step = 2 * channels;
      for (int x = 0, i = 2 * channel; x < samples.length; x++, i += step) {
        samples[x] = (bytes[i] & 0xff) | (bytes[i + 1] & 0xff) << 8;
      }
    } else {
      for (int x = 0, i = channel; x < samples.length; x++, i += channels) {
        samples[x] = bytes[i] & 0xff;
      }
    }
  }
}
