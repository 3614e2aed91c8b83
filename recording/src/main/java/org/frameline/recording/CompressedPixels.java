package org.frameline.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.frameline.protocol.Origin;

/**
 * Frames compressed by a pool of threads and written in order by whoever holds the writer's lock.
 * At most {@code 2 * threads} chunks are under way. A chunk that is not full at a checkpoint is
 * compressed as it is; once full it is written again at another place, for nothing that readers see
 * is overwritten.
 */
final class CompressedPixels implements PixelStore {

  private static final int FILTERED = 11;

  private record UnderWay(ChunkCompressor chunk, CompletableFuture<ByteBuffer> result) {}

  private final RecordingFile file;
  private final FrameRows rows;
  private final ChunkShape shape;
  private final ChunkIndex index;
  private final ExecutorService pool;
  private final Deque<ChunkCompressor> idle = new ArrayDeque<>();
  private final Deque<UnderWay> underWay = new ArrayDeque<>();
  private ChunkCompressor filling;
  private long chunksWritten;

  CompressedPixels(RecordingFile file, FrameRows rows, ChunkShape shape, int threads) {
    this.file = file;
    this.rows = rows;
    this.shape = shape;
    this.index = new ChunkIndex(FILTERED, shape.geometry(shape.sizeFieldBytes()));
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "recording-compress");
              thread.setDaemon(true);
              return thread;
            });
    filling = new ChunkCompressor(shape);
    for (int i = 0; i < 2 * threads; i++) {
      idle.add(new ChunkCompressor(shape));
    }
  }

  @Override
  public void append(long frameNumber, long timestampNs, Origin origin, ByteBuffer pixels)
      throws IOException {
    filling.add(frameNumber, timestampNs, origin, pixels);
    if (filling.isFull()) {
      underWay.add(new UnderWay(filling, CompletableFuture.supplyAsync(filling, pool)));
      while (idle.isEmpty() || (!underWay.isEmpty() && underWay.peek().result.isDone())) {
        writeOldest();
      }
      filling = idle.remove();
      filling.clear();
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
    byte[] chunkRecord = shape.compressedRecord(address, size, chunksWritten);
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
  public Message[] filters() {
    return new Message[] {Message.shuffleAndDeflate(shape.elementBytes())};
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
