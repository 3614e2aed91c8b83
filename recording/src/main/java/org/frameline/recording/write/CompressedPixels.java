package org.frameline.recording.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.frameline.protocol.FramePixels;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.hdf5.ChunkIndex;
import org.frameline.recording.hdf5.ChunkRecords;
import org.frameline.recording.hdf5.Fletcher32;
import org.frameline.recording.hdf5.HeaderMessage;
import org.frameline.recording.hdf5.OpenChunk;

/**
 * Frames compressed by a pool of threads and written in order by whoever holds the writer's lock.
 * At most {@code 2 * threads} chunks are under way. A chunk that is not full at a checkpoint is
 * compressed as it is; once full it is written again at another place, for nothing that readers see
 * is overwritten.
 */
final class CompressedPixels implements PixelStore {

  private record UnderWay(ChunkCompressor chunk, CompletableFuture<ByteBuffer> result) {}

  private final FileBody file;
  private final FrameRows rows;
  private final ChunkShape shape;
  private final Checksum checksum;
  private final ChunkRecords records;
  private final ChunkIndex index;
  private final ExecutorService pool;
  private final int mostUnderWay;
  private final Deque<ChunkCompressor> idle = new ArrayDeque<>();
  private final Deque<UnderWay> underWay = new ArrayDeque<>();
  private ChunkCompressor filling;
  private long chunksWritten;

  CompressedPixels(
      FileBody file, FrameRows rows, ChunkShape shape, Checksum checksum, int threads) {
    this.file = file;
    this.rows = rows;
    this.shape = shape;
    this.checksum = checksum;
    this.records = shape.records(true);
    this.index = new ChunkIndex(records.treeType(), shape.geometry(records));
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "recording-compress");
              thread.setDaemon(true);
              return thread;
            });
    mostUnderWay = 2 * threads;
    filling = new ChunkCompressor(shape, checksum);
  }

  @Override
  public boolean append(FrameNotes notes, FramePixels pixels) throws IOException {
    if (!filling.add(notes, pixels)) {
      return false;
    }
    if (filling.isFull()) {
      underWay.add(new UnderWay(filling, CompletableFuture.supplyAsync(filling, pool)));
      writeDone();
      while (underWay.size() > mostUnderWay) {
        writeOldest();
      }
      filling = idle.isEmpty() ? new ChunkCompressor(shape, checksum) : idle.remove();
      filling.clear();
    }
    return true;
  }

  @Override
  public void appendChunk(DeflatedChunk chunk) throws IOException {
    if (filling.count() > 0 || chunk.numbers().size() != shape.frames()) {
      throw new IllegalStateException("expected a whole chunk where one begins");
    }
    flush();
    rows.reserve();
    ByteBuffer stored = withChecksum(chunk.deflated());
    int size = stored.remaining();
    long address = file.append(stored);
    index.append(records.of(address, size, 0, chunksWritten));
    for (int i = 0; i < shape.frames(); i++) {
      rows.reserve();
      rows.add(chunk.numbers().get(i), chunk.timestampsNs().get(i), chunk.origins().get(i));
    }
    chunksWritten++;
  }

  private ByteBuffer withChecksum(ByteBuffer deflated) {
    if (checksum == Checksum.NONE) {
      return deflated;
    }
    int end = deflated.remaining();
    ByteBuffer stored = ByteBuffer.allocate(end + Fletcher32.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    stored.put(deflated);
    return stored.putInt(Fletcher32.of(stored.duplicate().flip())).flip();
  }

  @Override
  public CompletableFuture<Void> underWay() {
    // One that fails is told of by whoever writes it.
    return CompletableFuture.allOf(
            underWay.stream().map(UnderWay::result).toArray(CompletableFuture[]::new))
        .exceptionally(failure -> null);
  }

  @Override
  public void flushReady() throws IOException {
    writeDone();
    if (underWay.isEmpty()) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    while (!underWay.isEmpty()) {
      writeOldest();
    }
    if (filling.count() > filling.stored()) {
      write(filling, filling.get());
    }
  }

  private void writeDone() throws IOException {
    while (!underWay.isEmpty() && underWay.peek().result.isDone()) {
      writeOldest();
    }
  }

  private void writeOldest() throws IOException {
    UnderWay oldest = underWay.remove();
    try {
      write(oldest.chunk, oldest.result.join());
    } catch (CompletionException e) {
      throw new IOException("compression failed: " + e.getCause(), e);
    }
    chunksWritten++;
    idle.add(oldest.chunk);
  }

  private void write(ChunkCompressor chunk, ByteBuffer compressed) throws IOException {
    rows.reserve();
    int size = compressed.remaining();
    long address = file.append(compressed);
    byte[] chunkRecord = records.of(address, size, 0, chunksWritten);
    if (chunk.stored() == 0) {
      index.append(chunkRecord);
    } else {
      index.replaceLast(chunkRecord);
    }
    while (chunk.stored() < chunk.count()) {
      rows.reserve();
      chunk.addRowTo(rows);
    }
  }

  @Override
  public ChunkIndex index() {
    return index;
  }

  @Override
  public void seal() {
    // A chunk that is not full was compressed as it is.
  }

  @Override
  public Optional<HeaderMessage> filters() {
    return HeaderMessage.filters(Compression.GZIP, checksum, shape.elementBytes());
  }

  @Override
  public Optional<OpenChunk> openChunk() {
    return Optional.empty();
  }

  @Override
  public void close() {
    pool.shutdown();
    underWay.forEach(
        chunk -> {
          chunk.result.exceptionally(failure -> ByteBuffer.allocate(0)).join();
          chunk.chunk.end();
        });
    underWay.clear();
    idle.forEach(ChunkCompressor::end);
    filling.end();
  }
}
