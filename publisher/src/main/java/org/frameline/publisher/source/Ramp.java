package org.frameline.publisher.source;

import java.nio.ByteBuffer;
import java.util.Map;
import org.frameline.protocol.PixelFormat;

/**
 * A diagonal ramp that moves by one pixel per frame. The value of pixel (x, y), channel c (0 red, 1
 * green, 2 blue) in frame n is
 *
 * <pre>
 *   Mono8   (x + y + n) mod 256
 *   RGB8    (x + y + n + 64 c) mod 256
 *   Mono16  257 (x + y + n) mod 65536
 * </pre>
 *
 * so that any program can check any frame, and a picture shows by itself which frame it is (modulo
 * 256, or 65536). One thread.
 */
final class Ramp implements SyntheticSource.Picture {

  private final SyntheticSource.Raster raster;
  private final int period;
  // Values for x + y + n = 0 ... period + width - 2; every row of every frame is a piece of it.
  private final byte[] strip;
  private long frame;

  Ramp(SyntheticSource.Raster raster) {
    this.raster = raster;
    period = raster.format() == PixelFormat.MONO16 ? 65_536 : 256;
    int pixel = raster.format().bytesPerPixel();
    strip = new byte[(period + raster.width() - 1) * pixel];
    for (int i = 0; i < strip.length / pixel; i++) {
      for (int b = 0; b < pixel; b++) {
        strip[i * pixel + b] = stripByte(i, b);
      }
    }
  }

  private byte stripByte(int sum, int byteOfPixel) {
    return switch (raster.format()) {
      case MONO8 -> (byte) sum;
      case RGB8 -> (byte) (sum + 64 * byteOfPixel);
      case MONO16 -> (byte) ((257 * sum) >> (8 * byteOfPixel));
    };
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
