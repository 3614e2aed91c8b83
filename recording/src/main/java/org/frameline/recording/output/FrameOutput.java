package org.frameline.recording.output;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FramePixels;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.Outage;
import org.frameline.protocol.StreamMessage;
import org.frameline.recording.CallTiming;
import org.frameline.recording.Unwanted;

/**
 * Takes frames in the order of their numbers, and what is missing among them. Whoever opens it owns
 * it and closes it. One thread writes and closes; counts may be read from any thread.
 */
public interface FrameOutput extends Closeable {
  /**
   * Adds a frame. One of another stream, shape, type or kind of origin than the one before begins a
   * new entry, or what the output has in its place.
   *
   * @param pixels lent for this call
   * @param gap what is missing before this frame
   * @param outage when the camera was gone before this frame
   * @return false when the pixels were overwritten before they were taken: then neither the frame
   *     nor what is missing before it is noted
   * @throws IOException one line with the file and what failed; nothing more can be added then
   */
  boolean append(
      FrameHeader header, FramePixels pixels, Optional<FrameSet.Run> gap, Optional<Outage> outage)
      throws IOException;

  /** Adds a frame with pixels of its own, which nobody can overwrite; as above. */
  default void append(
      StreamMessage.Frame frame, Optional<FrameSet.Run> gap, Optional<Outage> outage)
      throws IOException {
    append(frame.header(), FramePixels.of(frame.payload()), gap, outage);
  }

  /**
   * Notes what is missing behind the last frame. Without a frame of that stream in the current
   * entry there is nothing to note it in.
   */
  void missingAtEnd(String stream, FrameSet.Run gap) throws IOException;

  /**
   * Notes how many frames have come lately that are not in the output: it says so where it holds
   * those that came meanwhile.
   *
   * @throws IOException as for {@link #append}
   */
  void unwanted(Unwanted more) throws IOException;

  /** Frames that were taken; once a write has failed only those that are kept. */
  long frames();

  /** Frames that no crash can take away any more, counted from the first one taken. */
  long durableFrames();

  /** Bytes written so far, with all that is not pixels. */
  long bytesWritten();

  /** How long the calls took that its time goes into, by their kind; empty where nobody counts. */
  Map<String, CallTiming> timings();

  /**
   * Ends the output; after a failed write it keeps what it can.
   *
   * @throws IOException one line, when frames that were taken are lost, or nothing is known of them
   */
  @Override
  void close() throws IOException;
}
