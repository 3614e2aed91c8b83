package org.frameline.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.frameline.protocol.Origin;

/** Puts the frames of one entry into chunks of the file. Guarded by the writer's lock. */
interface PixelStore extends Closeable {

  /** Takes a frame; it is in the file when {@link FrameRows} is told so, now or later. */
  void append(long frameNumber, long timestampNs, Origin origin, ByteBuffer pixels)
      throws IOException;

  /** Brings every frame taken so far into the file. */
  void flush() throws IOException;

  ChunkIndex index();

  /** The messages that say how the chunks are filtered; none when they are as they are. */
  Message[] filters();

  /** Releases threads and native memory; the file stays open. */
  @Override
  void close();
}
