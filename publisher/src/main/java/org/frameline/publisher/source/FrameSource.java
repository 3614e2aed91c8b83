package org.frameline.publisher.source;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.frameline.protocol.Origin;

/**
 * An open source of frames of one size and format. Not thread-safe: one capturing thread grabs,
 * copies and closes; only {@link #cancel()} may come from another thread.
 */
public interface FrameSource extends AutoCloseable {

  /** What this source delivers; does not change. */
  SourceDescription description();

  /**
   * Takes the next frame. A file or a simulated camera answers at once; a camera when its next
   * frame is there, at the latest after the camera timeout of the request.
   *
   * @return false at the end of the source (for a live one: the other side ended the stream), and
   *     after {@link #cancel()}
   * @throws SourceException when the camera is gone or sent nothing for the camera timeout, or when
   *     reading failed; the source can then only be closed
   */
  boolean grab() throws SourceException;

  /**
   * Whether it has no end of its own, so that an end means that the camera dropped out and may come
   * back. Does not change.
   */
  default boolean isEndless() {
    return false;
  }

  /**
   * What is wrong with the frames so far, in one line: a file that is cut short, or has places that
   * cannot be decoded. Empty when nothing is.
   */
  default Optional<String> damage() {
    return Optional.empty();
  }

  /** What a recording says of the frame that was grabbed last. */
  default Origin origin() {
    return Origin.NONE;
  }

  /**
   * How long after the frame that was grabbed last the next one came when both were recorded, in
   * nanoseconds; NaN where nobody knows.
   */
  default double untilNextNs() {
    return Double.NaN;
  }

  /** UTC epoch nanoseconds at which the last successful {@link #grab()} had its frame. */
  long timestampNs();

  /**
   * Writes the last grabbed frame at the destination's position and advances the position by {@code
   * description().frameBytes()}: C order, {@code [H,W,3]} or {@code [H,W]}, no padding, Mono16
   * little endian whatever the destination's byte order is.
   *
   * @throws java.nio.BufferOverflowException when the destination has less space than one frame
   */
  void copyTo(ByteBuffer destination);

  /**
   * Makes a {@link #grab()} that waits for a camera return false within a quarter of a second, and
   * every later one too. From any thread.
   */
  void cancel();

  /** Gives back the camera and all native memory. A second call does nothing. */
  @Override
  void close();
}
