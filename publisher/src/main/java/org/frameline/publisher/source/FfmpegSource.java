package org.frameline.publisher.source;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.frameline.protocol.EpochClock;
import org.frameline.protocol.PixelFormat;

/**
 * Frames of a file, a camera or a network camera, decoded by FFmpeg. Owns the native memory below
 * it. Not thread-safe, except {@link #cancel()}.
 */
final class FfmpegSource implements FrameSource {

  private final MediaAddress address;
  private final boolean loop;
  private final Patience patience;
  private final SourceDescription description;
  private final PixelConverter converter;
  private final Damage damage;
  private VideoInput input;
  // The first frame is decoded on opening, because only it tells the true size; it waits here.
  private boolean firstWaits = true;
  private long timestampNs;
  private boolean closed;

  FfmpegSource(MediaAddress address, SourceRequest request, BooleanSupplier stopped)
      throws SourceException {
    this.address = address;
    loop = request.loop() && !address.kind().live();
    patience = new Patience(request.cameraTimeout(), stopped);
    damage = new Damage(address.label());
    if (address.kind() == MediaAddress.Kind.CAMERA) {
      FfmpegLibrary.loadDevices();
    } else {
      FfmpegLibrary.load();
    }
    VideoInput opened = null;
    PixelConverter made = null;
    try {
      opened = new VideoInput(address, patience, damage);
      if (!opened.next()) {
        throw MediaErrors.empty(address, patience);
      }
      timestampNs = EpochClock.nowNs();
      description = describe(opened, request);
      made = new PixelConverter(description.width(), description.height(), description.format());
      made.convert(opened.frame());
    } catch (SourceException | RuntimeException e) {
      closeAll(opened, made);
      throw e;
    }
    input = opened;
    converter = made;
  }

  private SourceDescription describe(VideoInput opened, SourceRequest request) {
    AVFrame picture = opened.frame();
    PixelFormat format = request.formatOrNatural();
    String text =
        address.label()
            + ", "
            + opened.codecName()
            + " "
            + picture.width()
            + "x"
            + picture.height();
    return new SourceDescription(
        request.ownSize() ? picture.width() : request.width(),
        request.ownSize() ? picture.height() : request.height(),
        format,
        opened.framesPerSecond(),
        address.kind().live(),
        text,
        Map.of());
  }

  @Override
  public SourceDescription description() {
    return description;
  }

  @Override
  public boolean grab() throws SourceException {
    if (patience.cancelled()) {
      return false;
    }
    if (firstWaits) {
      firstWaits = false;
      if (!description.live()) {
        timestampNs = EpochClock.nowNs();
      }
      return true;
    }
    if (!input.next() && !nextRound()) {
      return false;
    }
    timestampNs = EpochClock.nowNs();
    converter.convert(input.frame());
    return true;
  }

  /** Starts the file again if that is asked for: by a seek, or else by opening it again. */
  private boolean nextRound() throws SourceException {
    if (!loop || patience.cancelled()) {
      return false;
    }
    if (input.restart()) {
      return true;
    }
    input.close();
    input = new VideoInput(address, patience, damage);
    return input.next();
  }

  @Override
  public boolean isEndless() {
    return input.isEndless();
  }

  @Override
  public Optional<String> damage() {
    return description.live() ? Optional.empty() : damage.text();
  }

  @Override
  public long timestampNs() {
    return timestampNs;
  }

  @Override
  public void copyTo(ByteBuffer destination) {
    converter.copyTo(destination);
  }

  @Override
  public void cancel() {
    patience.cancel();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      patience.cancel();
      closeAll(input, converter);
    }
  }

  private void closeAll(VideoInput opened, PixelConverter made) {
    if (made != null) {
      made.close();
    }
    if (opened != null) {
      opened.close();
    }
    patience.close();
  }
}
