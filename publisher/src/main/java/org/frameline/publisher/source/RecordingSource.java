package org.frameline.publisher.source;

import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.EpochClock;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FrameShape;
import org.frameline.protocol.Origin;
import org.frameline.protocol.PixelFormat;
import org.frameline.recording.EntryNames;
import org.frameline.recording.images.FrameReader;

/**
 * The frames of a recording, or of any stack of images in an HDF5 file, as they are there. Not
 * thread-safe, except {@link #cancel()}.
 */
final class RecordingSource implements FrameSource {
  /** For stacks that say nothing of time. */
  static final double DEFAULT_FPS = 30;

  private static final double NS_PER_S = 1e9;

  /** What keeps its name from the header that was recorded, since it is true of the pixels. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "stream",
          FrameHeader.RECORDED_STREAM,
          FrameHeader.SOURCE,
          FrameHeader.RECORDED_SOURCE,
          FrameHeader.FRAMES_PER_SECOND,
          FrameHeader.RECORDED_FRAMES_PER_SECOND);

  /** What every header has anew, or is not constant. */
  private static final List<String> OWN =
      List.of(
          "htype",
          "shape",
          "type",
          "encoding",
          "frame",
          "timestamp_ns",
          EntryNames.NX_CLASS,
          FrameHeader.RECORDED_FRAME,
          FrameHeader.RECORDED_TIMESTAMP_NS,
          FrameHeader.RECONNECTS,
          FrameHeader.OUTAGE_FRAME,
          FrameHeader.OUTAGE_MS,
          FrameHeader.RING,
          FrameHeader.RING_INDEX);

  /** A row of the part that is open. */
  private record Row(long index, Origin origin) {}

  private final FrameRange range;
  private final boolean loop;
  private final RecordingParts parts;
  private final SourceDescription description;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private Row next;
  private ByteBuffer pixels;
  private Origin origin = Origin.NONE;
  private double untilNextNs;
  private long timestampNs;
  // Found while looking ahead, and told when the frame before it has been taken.
  private SourceException failure;

  RecordingSource(RecordingSpec spec, SourceRequest request) throws SourceException {
    range = request.range();
    loop = request.loop();
    parts = new RecordingParts(spec);
    try {
      description = describe(spec, parts.current());
      long first = parts.current().origin(0).frame();
      next = firstRow();
      if (next == null) {
        FrameReader last = parts.current();
        throw new SourceException(
            String.format(
                "%s: expected frames %s, found %d to %d",
                spec.path(), range, first, last.origin(last.frames() - 1).frame()));
      }
    } catch (SourceException | RuntimeException e) {
      parts.close();
      throw e;
    } catch (IOException e) {
      parts.close();
      throw new SourceException(e.getMessage(), e);
    }
  }

  private static SourceDescription describe(RecordingSpec spec, FrameReader frames)
      throws SourceException, IOException {
    PixelFormat format = format(spec, frames);
    Map<String, Object> recorded = frames.stream();
    Map<String, Object> keys = new LinkedHashMap<>(recorded);
    keys.keySet().removeAll(OWN);
    keys.keySet().removeAll(RENAMED.keySet());
    // A recording of a recording says what the first one was.
    RENAMED.forEach(
        (name, renamed) -> {
          if (recorded.containsKey(name) && !recorded.containsKey(FrameHeader.RECORDED_STREAM)) {
            keys.put(renamed, recorded.get(name));
          }
        });
    FrameShape shape = FrameShape.of(frames.frameShape());
    String text =
        String.format(
            "recording %s, %s, %dx%d %s",
            spec.path(),
            frames.part(),
            shape.width(),
            shape.height(),
            keys.getOrDefault(FrameHeader.PIXEL_FORMAT, format.pfncName()));
    return new SourceDescription(
        shape.width(), shape.height(), format, rate(frames, keys), false, text, keys);
  }

  private static PixelFormat format(RecordingSpec spec, FrameReader frames) throws SourceException {
    Optional<ElementType> type =
        Arrays.stream(ElementType.values())
            .filter(it -> it.wireName().equals(frames.typeName()))
            .findFirst();
    Object name = frames.stream().get(FrameHeader.PIXEL_FORMAT);
    return FrameShape.find(frames.frameShape())
        .flatMap(
            shape ->
                type.flatMap(
                    it -> PixelFormat.of(shape, it, name instanceof String text ? text : null)))
        .orElseThrow(
            () ->
                new SourceException(
                    String.format(
                        "%s, %s: expected frames of uint8 [H,W] or [H,W,3], or of uint16 [H,W];"
                            + " found %s [%s]",
                        spec.path(),
                        frames.part(),
                        frames.typeName(),
                        frames.frameShape().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(",")))));
  }

  /** The rate that the camera had, or what the times say, or a usual one. */
  private static double rate(FrameReader frames, Map<String, Object> keys) throws IOException {
    if (keys.get(FrameHeader.RECORDED_FRAMES_PER_SECOND) instanceof Number rate
        && rate.doubleValue() > 0) {
      return rate.doubleValue();
    }
    Origin first = frames.origin(0);
    Origin last = frames.origin(frames.frames() - 1);
    long count = last.frame() - first.frame();
    return first.hasTimestamp() && last.timestampNs() > first.timestampNs() && count > 0
        ? count * NS_PER_S / (last.timestampNs() - first.timestampNs())
        : DEFAULT_FPS;
  }

  @Override
  public SourceDescription description() {
    return description;
  }

  @Override
  public boolean grab() throws SourceException {
    if (failure != null) {
      throw failure;
    }
    if (cancelled.get() || next == null) {
      return false;
    }
    Row row = next;
    try {
      pixels = parts.current().frame(row.index());
    } catch (IOException e) {
      throw new SourceException(e.getMessage(), e);
    }
    origin = row.origin();
    timestampNs = EpochClock.nowNs();
    try {
      next = rowAfter(row);
    } catch (IOException e) {
      failure = new SourceException(e.getMessage(), e);
    } catch (SourceException e) {
      failure = e;
    }
    return true;
  }

  /** The next row, in the next round too; notes how long after this one it was recorded. */
  private Row rowAfter(Row row) throws IOException, SourceException {
    untilNextNs = Double.NaN;
    Row following = null;
    if (row.index() + 1 < parts.current().frames()) {
      following = new Row(row.index() + 1, parts.current().origin(row.index() + 1));
    } else if (parts.next()) {
      following = new Row(0, parts.current().origin(0));
    }
    if (following == null || following.origin().frame() > range.to()) {
      if (!loop) {
        return null;
      }
      parts.restart();
      return firstRow();
    }
    if (origin.hasTimestamp() && following.origin().hasTimestamp()) {
      // A clock that was put back is no reason to wait.
      untilNextNs =
          Math.max(0.0, (double) (following.origin().timestampNs() - origin.timestampNs()));
    }
    return following;
  }

  /** The first row of the range, or null; the first part is open. */
  private Row firstRow() throws IOException, SourceException {
    do {
      FrameReader part = parts.current();
      for (long index = 0; index < part.frames() && !cancelled.get(); index++) {
        Origin its = part.origin(index);
        if (its.frame() >= range.from()) {
          return its.frame() <= range.to() ? new Row(index, its) : null;
        }
      }
    } while (!cancelled.get() && parts.next());
    return null;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public double untilNextNs() {
    return untilNextNs;
  }

  @Override
  public long timestampNs() {
    return timestampNs;
  }

  @Override
  public void copyTo(ByteBuffer destination) {
    if (pixels == null) {
      throw new IllegalStateException("expected a grab before copyTo, found none");
    }
    if (destination.remaining() < description.frameBytes()) {
      throw new BufferOverflowException();
    }
    destination.put(pixels.duplicate());
  }

  @Override
  public void cancel() {
    cancelled.set(true);
  }

  @Override
  public void close() {
    cancelled.set(true);
    pixels = null;
    parts.close();
  }
}
