package org.frameline.recording.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.frameline.protocol.Origin;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.hdf5.ChunkIndex;
import org.frameline.recording.hdf5.Fletcher32;
import org.frameline.recording.hdf5.HeaderMessage;
import org.frameline.recording.hdf5.OpenChunk;

/** Frames as they are: each is written at once, at its place in its chunk. */
final class PlainPixels implements PixelStore {

  private final FileBody file;
  private final FrameRows rows;
  private final ChunkShape shape;
  private final PlainChunks chunks;
  private final Checksum checksum;
  private final Fletcher32 sum = new Fletcher32();
  private long chunkAddress;
  private int sumOfRows;

  PlainPixels(FileBody file, FrameRows rows, ChunkShape shape, Checksum checksum) {
    this.file = file;
    this.rows = rows;
    this.shape = shape;
    this.checksum = checksum;
    chunks = shape.plainChunks(file, checksum);
  }

  @Override
  public void append(long frameNumber, long timestampNs, Origin origin, ByteBuffer pixels)
      throws IOException {
    rows.reserve();
    int frameInChunk = inChunk();
    long before = file.end();
    if (frameInChunk == 0) {
      chunkAddress = file.reserve(chunks.storedBytes());
      sum.reset();
    }
    try {
      if (chunks.checksummed()) {
        // Just before the write, which finds the pixels in the processor's cache then.
        sum.update(pixels);
      }
      if (frameInChunk + 1 == shape.frames()) {
        chunks.seal(chunkAddress, pixels, sum.value());
      } else {
        file.write(pixels, chunkAddress + (long) frameInChunk * shape.frameBytes());
        if (frameInChunk == 0) {
          chunks.begin(chunkAddress);
        }
      }
    } catch (IOException e) {
      file.giveBack(before);
      throw e;
    }
    sumOfRows = sum.value();
    rows.add(frameNumber, timestampNs, origin);
  }

  @Override
  public void appendChunk(DeflatedChunk chunk) {
    throw new IllegalStateException("expected frames as they are, found a compressed chunk");
  }

  @Override
  public void flush() {
    // Every frame is in the file when append returns.
  }

  @Override
  public void seal() throws IOException {
    if (chunks.open()) {
      // The rest was never written, and reads as zeros.
      sum.updateZeros((long) (shape.frames() - inChunk()) * shape.frameBytes());
      chunks.seal(chunkAddress, sum.value());
    }
  }

  @Override
  public ChunkIndex index() {
    return chunks.index();
  }

  @Override
  public Optional<HeaderMessage> filters() {
    return HeaderMessage.filters(Compression.NONE, checksum, shape.elementBytes());
  }

  @Override
  public Optional<OpenChunk> openChunk() {
    return chunks.checksummed() && chunks.open()
        ? Optional.of(new OpenChunk(inChunk(), sumOfRows))
        : Optional.empty();
  }

  private int inChunk() {
    return (int) (rows.count() % shape.frames());
  }

  @Override
  public void close() {
    // Holds nothing but the file, which is not its own.
  }
}
