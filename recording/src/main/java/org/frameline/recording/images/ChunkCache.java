package org.frameline.recording.images;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Chunks that were used last, those of two frames, and some that will be used next, which threads
 * of its own read and decompress meanwhile. What goes wrong with a chunk is told to whoever asks
 * for it. Used by one thread, which has to close it.
 */
final class ChunkCache implements AutoCloseable {
  private static final long MOST_BYTES = 64L << 20;
  private static final long MOST_BYTES_AHEAD = 16L << 20;
  private static final int MOST_THREADS = 4;

  private final Function<int[], ByteBuffer> reader;
  private final int chunkBytes;
  private final int chunksPerFrame;
  private final Map<List<Integer>, CompletableFuture<ByteBuffer>> chunks =
      new LinkedHashMap<>(16, 0.75f, true);
  private ExecutorService pool;
  private volatile boolean closed;

  /**
   * Empty, and without threads.
   *
   * @param reader reads the chunk whose first element is there; called by several threads at once
   * @param chunksPerFrame in how many chunks a frame has a part
   */
  ChunkCache(Function<int[], ByteBuffer> reader, int chunkBytes, int chunksPerFrame) {
    this.reader = reader;
    this.chunkBytes = chunkBytes;
    this.chunksPerFrame = chunksPerFrame;
  }

  static int threads() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  /** How many chunks may be expected at a time: two for each thread, if they are not too large. */
  int mostAhead() {
    return (int) Math.min(2L * threads() * chunksPerFrame, MOST_BYTES_AHEAD / chunkBytes);
  }

  /** A chunk; what its reader throws comes as it is. */
  ByteBuffer get(int[] offset) {
    List<Integer> key = key(offset);
    CompletableFuture<ByteBuffer> chunk = chunks.get(key);
    if (chunk == null) {
      ByteBuffer read = reader.apply(offset);
      add(key, CompletableFuture.completedFuture(read));
      return read;
    }
    try {
      return chunk.join();
    } catch (CompletionException e) {
      chunks.remove(key);
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Begins to read a chunk that will be asked for, unless it is there. */
  void expect(int[] offset) {
    List<Integer> key = key(offset);
    if (chunks.containsKey(key)) {
      return;
    }
    if (pool == null) {
      pool =
          Executors.newFixedThreadPool(
              threads(),
              task -> {
                Thread thread = new Thread(task, "recording-read");
                thread.setDaemon(true);
                return thread;
              });
    }
    int[] own = offset.clone();
    add(key, CompletableFuture.supplyAsync(() -> readAhead(own), pool));
  }

  private ByteBuffer readAhead(int[] offset) {
    if (closed) {
      throw new CancellationException("closed");
    }
    return reader.apply(offset);
  }

  private void add(List<Integer> key, CompletableFuture<ByteBuffer> chunk) {
    chunks.put(key, chunk);
    // What is kept longer is moved about by the collector of garbage.
    long most = Math.min(2L * chunksPerFrame + mostAhead(), MOST_BYTES / chunkBytes);
    Iterator<CompletableFuture<ByteBuffer>> oldest = chunks.values().iterator();
    while (chunks.size() > Math.max(1, most)) {
      oldest.next();
      oldest.remove();
    }
  }

  private static List<Integer> key(int[] offset) {
    return Arrays.stream(offset).boxed().toList();
  }

  /** Ends the threads; chunks that are being read are waited for, the others are not begun. */
  @Override
  public void close() {
    closed = true;
    if (pool != null) {
      pool.shutdown();
    }
    chunks.values().forEach(chunk -> chunk.exceptionally(failure -> null).join());
    chunks.clear();
  }
}
