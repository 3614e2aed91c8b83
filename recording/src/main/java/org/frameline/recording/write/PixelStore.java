package org.frameline.recording.write;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.frameline.protocol.FramePixels;
import org.frameline.recording.hdf5.ChunkIndex;
import org.frameline.recording.hdf5.HeaderMessage;
import org.frameline.recording.hdf5.OpenChunk;

/** Puts the frames of one entry into chunks of the file. Guarded by the writer's lock. */
interface PixelStore extends Closeable {

  /**
   * Takes a frame; it is in the file when {@link FrameRows} is told so, now or later.
   *
   * @param pixels lent for this call
   * @return false when they were overwritten meanwhile; then nothing was taken
   */
  boolean append(FrameNotes notes, FramePixels pixels) throws IOException;

  /**
   * Takes a whole chunk that is compressed already, where a new chunk begins.
   *
   * @throws IllegalStateException when chunks are not compressed here, or one is not full
   */
  void appendChunk(DeflatedChunk chunk) throws IOException;

  /** Brings every frame into the file before which none is under way, and waits for none. */
  void flushReady() throws IOException;

  /** Ends when all that is under way now is ready. May be waited for without the lock. */
  CompletableFuture<Void> underWay();

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
