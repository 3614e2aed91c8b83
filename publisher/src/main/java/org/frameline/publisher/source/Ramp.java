package org.frameline.publisher.source;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * A diagonal ramp that moves by one pixel per frame. The value of pixel (x, y), channel c (0 red, 1
 * green, 2 blue) in frame n of a format with b significant bits is
 *
 * <pre>
 *   257 (x + y + n) + 64 c   mod 2^b
 * </pre>
 *
 * which for 8 bits is {@code x + y + n + 64 c}. So any program can check any frame, and a picture
 * shows by itself which frame it is (modulo 256, or 65536 for 16 bits). One thread.
 */
final class Ramp implements SyntheticSource.Picture {

  private static final int STEP = 257;
  private static final int COLOUR_SHIFT = 64;

  private final SyntheticSource.Raster raster;
  private final int period;
  // Values for x + y + n = 0 ... period + width - 2; every row of every frame is a piece of it.
  private final byte[] strip;
  private long frame;

  Ramp(SyntheticSource.Raster raster) {
    this.raster = raster;
    period = raster.format().highestValue() + 1;
    int channels = raster.format().channels();
    int bytes = raster.format().elementType().bytes();
    strip = new byte[(period + raster.width() - 1) * channels * bytes];
    for (int i = 0; i < strip.length / bytes; i++) {
      int value = (STEP * (i / channels) + COLOUR_SHIFT * (i % channels)) % period;
      for (int b = 0; b < bytes; b++) {
        strip[i * bytes + b] = (byte) (value >> (Byte.SIZE * b));
      }
    }
  }

  @Override
  public void advanceTo(long n) {
    frame = n;
  }

  @Override
  public void draw(ByteBuffer destination, int position) {
    int rowBytes = raster.rowBytes();
    int pixel = raster.format().bytesPerPixel();
    for (int y = 0; y < raster.height(); y++) {
      int start = (int) ((frame + y) % period);
      destination.put(position + y * rowBytes, strip, start * pixel, rowBytes);
    }
  }

  @Override
  public Map<String, Object> constants() {
    return Map.of();
  }
}
