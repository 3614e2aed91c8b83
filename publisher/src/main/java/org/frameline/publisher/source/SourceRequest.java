package org.frameline.publisher.source;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.frameline.protocol.PixelFormat;

/**
 * What to open and how the frames should look. Immutable.
 *
 * @param spec which source
 * @param width pixels; 0 for the source's own size, then {@code height} is 0 too
 * @param height pixels; 0 for the source's own size
 * @param format pixel format of the frames, or null for the source's natural one, RGB8
 * @param fps frames/s to ask of a camera that can be asked; NaN for the source's own. Files are not
 *     resampled in time and nothing is paced here.
 * @param loop start a file again at its end; live and synthetic sources have no end
 * @param cameraTimeout how long a camera may send nothing before that is an error
 * @param range which frames of a recording
 */
public record SourceRequest(
    SourceSpec spec,
    int width,
    int height,
    PixelFormat format,
    double fps,
    boolean loop,
    Duration cameraTimeout,
    FrameRange range) {

  /** Long enough for a camera that starts up, short enough to notice that one is gone. */
  public static final Duration DEFAULT_CAMERA_TIMEOUT = Duration.ofSeconds(5);

  // 16 bit per axis keeps a frame of any format below what one ByteBuffer can hold, with a margin
  // checked below.
  private static final int LARGEST_SIDE = 65_535;

  public SourceRequest {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(range, "range");
    if (width != 0) {
      SourceWish.SIZE.requireTakenBy(spec, width + "x" + height);
    }
    if (format != null) {
      SourceWish.FORMAT.requireTakenBy(spec, format.pfncName());
    }
    if (!range.isAll()) {
      SourceWish.RANGE.requireTakenBy(spec, spec.label());
    }
    if (width < 0 || height < 0 || (width == 0) != (height == 0)) {
      throw new IllegalArgumentException(
          "expected width and height both positive, or both 0, found " + width + "x" + height);
    }
    if (width > LARGEST_SIDE || height > LARGEST_SIDE || 3L * width * height > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "expected a frame below 2 GiB, found " + width + "x" + height);
    }
    if (!Double.isNaN(fps) && !(fps > 0 && Double.isFinite(fps))) {
      throw new IllegalArgumentException("expected fps above 0, found " + fps);
    }
    if (cameraTimeout.isNegative() || cameraTimeout.isZero()) {
      throw new IllegalArgumentException("expected cameraTimeout above 0, found " + cameraTimeout);
    }
  }

  /** As above, with the default camera timeout, and all frames. */
  public SourceRequest(
      SourceSpec spec, int width, int height, PixelFormat format, double fps, boolean loop) {
    this(spec, width, height, format, fps, loop, DEFAULT_CAMERA_TIMEOUT, FrameRange.ALL);
  }

  /** The source as it is: own size, RGB8, own rate, no loop. */
  public static SourceRequest of(SourceSpec spec) {
    return new SourceRequest(spec, 0, 0, null, Double.NaN, false);
  }

  public SourceRequest withSize(int newWidth, int newHeight) {
    return new SourceRequest(spec, newWidth, newHeight, format, fps, loop, cameraTimeout, range);
  }

  public SourceRequest withFormat(PixelFormat newFormat) {
    return new SourceRequest(spec, width, height, newFormat, fps, loop, cameraTimeout, range);
  }

  public SourceRequest withFps(double newFps) {
    return new SourceRequest(spec, width, height, format, newFps, loop, cameraTimeout, range);
  }

  public SourceRequest withLoop(boolean newLoop) {
    return new SourceRequest(spec, width, height, format, fps, newLoop, cameraTimeout, range);
  }

  public SourceRequest withCameraTimeout(Duration newTimeout) {
    return new SourceRequest(spec, width, height, format, fps, loop, newTimeout, range);
  }

  public SourceRequest withRange(FrameRange newRange) {
    return new SourceRequest(spec, width, height, format, fps, loop, cameraTimeout, newRange);
  }

  /** Opens what is meant, as {@link SourceSpec#open}. */
  public FrameSource open(BooleanSupplier stopped) throws SourceException {
    return spec.open(this, stopped);
  }

  boolean ownSize() {
    return width == 0;
  }

  PixelFormat formatOrNatural() {
    return format == null ? PixelFormat.RGB8 : format;
  }
}
