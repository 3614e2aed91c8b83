package org.frameline.publisher.source;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.frameline.protocol.EpochClock;
import org.frameline.protocol.PixelFormat;

/**
 * A simulated camera: a picture that follows from its frame number alone. It never waits and never
 * ends. Not thread-safe, except {@link #cancel()}.
 */
final class SyntheticSource implements FrameSource {

  static final int DEFAULT_WIDTH = 640;
  static final int DEFAULT_HEIGHT = 480;
  static final double DEFAULT_FPS = 30;

  /** What is drawn. Frame numbers come in order, from 0; a picture may be drawn twice or never. */
  interface Picture {

    /** Moves on to frame {@code n}. */
    void advanceTo(long n);

    /** Draws the current frame at {@code position}, without touching the buffer's own position. */
    void draw(ByteBuffer destination, int position);

    /** Constants of the picture that an analyst wants to know, for the frame header. */
    Map<String, Object> constants();
  }

  /** Size and pixel format of a picture. */
  record Raster(int width, int height, PixelFormat format) {
    int rowBytes() {
      return Math.multiplyExact(width, format.bytesPerPixel());
    }

    int frameBytes() {
      return Math.multiplyExact(rowBytes(), height);
    }
  }

  private final SourceDescription description;
  private final Picture picture;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private long frame = -1;
  private long timestampNs;

  SyntheticSource(SyntheticSpec.Pattern pattern, SourceRequest request) {
    Raster raster =
        new Raster(
            request.ownSize() ? DEFAULT_WIDTH : request.width(),
            request.ownSize() ? DEFAULT_HEIGHT : request.height(),
            request.formatOrNatural());
    picture = pattern.of(raster);
    description =
        new SourceDescription(
            raster.width(),
            raster.height(),
            raster.format(),
            Double.isNaN(request.fps()) ? DEFAULT_FPS : request.fps(),
            false,
            "simulated camera, " + pattern.specName(),
            picture.constants());
  }

  @Override
  public SourceDescription description() {
    return description;
  }

  @Override
  public boolean grab() {
    if (cancelled.get()) {
      return false;
    }
    frame++;
    picture.advanceTo(frame);
    timestampNs = EpochClock.nowNs();
    return true;
  }

  @Override
  public long timestampNs() {
    return timestampNs;
  }

  @Override
  public void copyTo(ByteBuffer destination) {
    if (frame < 0) {
      throw new IllegalStateException("expected a grab before copyTo, found none");
    }
    if (destination.remaining() < description.frameBytes()) {
      throw new BufferOverflowException();
    }
    int position = destination.position();
    picture.draw(destination, position);
    destination.position(position + description.frameBytes());
  }

  @Override
  public void cancel() {
    cancelled.set(true);
  }

  @Override
  public void close() {
    cancelled.set(true);
  }
}
