package org.frameline.publisher.source;

import java.util.Map;
import org.frameline.protocol.FrameShape;
import org.frameline.protocol.PixelFormat;

/**
 * What an open source delivers; constant as long as it is open. Immutable.
 *
 * @param width pixels
 * @param height pixels
 * @param format pixel format of every frame
 * @param nominalFps frames/s the source is meant to run at, or NaN when it does not say
 * @param live the source runs by its own clock and loses frames that nobody grabs in time
 * @param text the camera in words, for people: name, address without password, codec
 * @param extraHeaderKeys constant keys for the frame header, JSON values
 */
public record SourceDescription(
    int width,
    int height,
    PixelFormat format,
    double nominalFps,
    boolean live,
    String text,
    Map<String, Object> extraHeaderKeys) {

  public SourceDescription {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException("expected a frame size, found " + width + "x" + height);
    }
    extraHeaderKeys = Map.copyOf(extraHeaderKeys);
    Math.multiplyExact(Math.multiplyExact(width, height), format.bytesPerPixel());
  }

  /** {@code [H,W,3]} or {@code [H,W]}. */
  public FrameShape shape() {
    return format.shape(height, width);
  }

  /** Bytes of one frame: height x width x bytes per pixel, without padding. */
  public int frameBytes() {
    return width * height * format.bytesPerPixel();
  }
}
