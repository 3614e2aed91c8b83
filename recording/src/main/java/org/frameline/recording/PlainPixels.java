package org.frameline.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.frameline.protocol.Origin;

/** Frames as they are: each is written at once, at its place in its chunk. */
final class PlainPixels implements PixelStore {

  private static final int UNFILTERED = 10;

  private final RecordingFile file;
  private final FrameRows rows;
  private final ChunkShape shape;
  private final ChunkIndex index;
  private long chunkAddress;

  PlainPixels(RecordingFile file, FrameRows rows, ChunkShape shape) {
    this.file = file;
    this.rows = rows;
    this.shape = shape;
    this.index = new ChunkIndex(UNFILTERED, shape.geometry(0));
  }

  @Override
  public void append(long frameNumber, long timestampNs, Origin origin, ByteBuffer pixels)
      throws IOException {
    rows.reserve();
    int frameInChunk = (int) (rows.count() % shape.frames());
    long before = file.end();
    if (frameInChunk == 0) {
      chunkAddress = file.reserve(shape.bytes());
    }
    try {
      file.write(pixels, chunkAddress + (long) frameInChunk * shape.frameBytes());
    } catch (IOException e) {
      file.giveBack(before);
      throw e;
    }
    if (frameInChunk == 0) {
      index.append(shape.chunkRecord(chunkAddress, rows.count() / shape.frames()));
    }
    rows.add(frameNumber, timestampNs, origin);
  }

  @Override
  public void flush() {
    // Every frame is in the file when append returns.
  }

  @Override
  public ChunkIndex index() {
    return index;
  }

  @Override
  public Message[] filters() {
    return new Message[0];
  }

  @Override
  public void close() {
    // Holds nothing but the file, which is not its own.
  }
}
