package org.frameline.recording.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.frameline.protocol.Origin;
import org.frameline.recording.hdf5.ChunkIndex;
import org.frameline.recording.hdf5.HeaderMessage;
import org.frameline.recording.hdf5.OpenChunk;

/** Puts the frames of one entry into chunks of the file. Guarded by the writer's lock. */
interface PixelStore extends Closeable {

  /** Takes a frame; it is in the file when {@link FrameRows} is told so, now or later. */
  void append(long frameNumber, long timestampNs, Origin origin, ByteBuffer pixels)
      throws IOException;

  /**
   * Takes a whole chunk that is compressed already, where a new chunk begins.
   *
   * @throws IllegalStateException when chunks are not compressed here, or one is not full
   */
  void appendChunk(DeflatedChunk chunk) throws IOException;

  /** Brings every frame taken so far into the file. */
  void flush() throws IOException;

  /** Completes the last chunk when no frame follows; every frame taken is in the file. */
  void seal() throws IOException;

  ChunkIndex index();

  /** The message that says how the chunks are filtered; none when they are as they are. */
  Optional<HeaderMessage> filters();

  /** What protects the last chunk as long as it may get further frames in its place. */
  Optional<OpenChunk> openChunk();

  /** Releases threads and native memory; the file stays open. */
  @Override
  void close();
}
