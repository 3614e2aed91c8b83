package org.frameline.fft.engine.plain;

import java.nio.ByteBuffer;

/** The channels of a frame as sources of rows. One thread. */
public interface FramePixels64 extends RowSource64 {

  /** Starts a frame at the buffer's first byte; the buffer is little-endian. */
  void begin(ByteBuffer frame);

  /** Says of which channel the next rows are. */
  void select(int channel);

  /** Lets go of the frame, so that an idle worker does not keep it alive. */
  void end();
}
