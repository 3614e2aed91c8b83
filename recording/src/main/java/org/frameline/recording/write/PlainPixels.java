package org.frameline.recording.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.frameline.protocol.FramePixels;
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
  private ByteBuffer copy;
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
  public boolean append(FrameNotes notes, FramePixels pixels) throws IOException {
    rows.reserve();
    FramePixels source = writable(pixels);
    if (source == null) {
      return false;
    }
    long before = file.end();
    boolean isWritten = false;
    try {
      write(source);
      isWritten = source.isWhole();
    } catch (IOException e) {
      if (source.isWhole()) {
        throw e;
      }
      // The ring has gone, not the disk.
    } finally {
      if (!isWritten) {
        file.giveBack(before);
      }
    }
    if (isWritten) {
      add(notes);
    }
    return isWritten;
  }

  /**
   * Pixels that need not be read here can be written from where they are: what is overwritten
   * meanwhile is then in a chunk that is not in the index. Others are copied.
   *
   * @return null when they were overwritten
   */
  private FramePixels writable(FramePixels pixels) {
    boolean isWhereItIs = shape.frames() == 1 && !chunks.checksummed();
    if (isWhereItIs || !pixels.isInRing()) {
      return pixels;
    }
    if (copy == null) {
      copy = ByteBuffer.allocateDirect(shape.frameBytes());
    }
    return pixels.copyTo(copy.clear()) ? FramePixels.of(copy) : null;
  }

  private void write(FramePixels source) throws IOException {
    int frameInChunk = inChunk();
    if (frameInChunk == 0) {
      chunkAddress = file.reserve(chunks.storedBytes());
      sum.reset();
    }
    ByteBuffer pixels = source.pixels();
    if (chunks.checksummed()) {
      // Just before the write, which finds the pixels in the processor's cache then.
      sum.update(pixels);
    }
    if (frameInChunk + 1 == shape.frames()) {
      chunks.writeEnd(chunkAddress, pixels, sum.value());
    } else {
      file.write(pixels, chunkAddress + (long) frameInChunk * shape.frameBytes());
    }
  }

  /** The frame whose pixels were written is in the file. */
  private void add(FrameNotes notes) {
    int frameInChunk = inChunk();
    if (frameInChunk + 1 == shape.frames()) {
      chunks.complete(chunkAddress);
    } else if (frameInChunk == 0) {
      chunks.begin(chunkAddress);
    }
    sumOfRows = sum.value();
    rows.add(notes.number(), notes.timestampNs(), notes.origin());
  }

  @Override
  public void appendChunk(DeflatedChunk chunk) {
    throw new IllegalStateException("expected frames as they are, found a compressed chunk");
  }

  @Override
  public CompletableFuture<Void> underWay() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void flushReady() {
    flush();
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
