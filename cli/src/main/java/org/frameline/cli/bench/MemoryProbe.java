package org.frameline.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.frameline.program.StopSignal;

/**
 * Copies between arrays that fit into no cache, as the copy kernel of STREAM does (McCalpin, 1995),
 * with one thread and with one per processor. What is copied is counted once, though it is read and
 * written. One thread, which starts those that copy.
 */
final class MemoryProbe {
  private static final int LARGEST_ARRAY = 64 << 20;
  private static final int SMALLEST_ARRAY = 8 << 20;
  private static final int PIECE = 1 << 20;

  /** Two arrays per thread may take this part of the heap. */
  private static final int PART_OF_HEAP = 4;

  private final StopSignal stop;

  MemoryProbe(StopSignal stop) {
    this.stop = stop;
  }

  void measure(Duration time, Findings findings) {
    int all = Runtime.getRuntime().availableProcessors();
    List<Integer> counts = Stream.of(1, all).distinct().toList();
    for (int threads : counts) {
      measure(threads, time.dividedBy(counts.size()), findings);
    }
  }

  private void measure(int threads, Duration time, Findings findings) {
    long share = Runtime.getRuntime().maxMemory() / PART_OF_HEAP / threads / 2;
    int bytes = (int) Math.max(SMALLEST_ARRAY, Math.min(LARGEST_ARRAY, share));
    AtomicBoolean done = new AtomicBoolean();
    List<Copier> copiers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      copiers.add(new Copier(bytes / PIECE * PIECE, done));
    }
    copiers.forEach(Thread::start);
    try {
      stop.await(time.dividedBy(3));
      RateSampler.sample(() -> List.of(total(copiers)), time.multipliedBy(2).dividedBy(3), stop)
          .map(pieces -> new Measurement(Section.MEMORY, Map.of("threads", threads), PIECE, pieces))
          .ifPresent(findings::add);
    } finally {
      done.set(true);
      copiers.forEach(MemoryProbe::join);
    }
  }

  private static RateSampler.Reading total(List<Copier> copiers) {
    long pieces = copiers.stream().mapToLong(copier -> copier.pieces.get()).sum();
    return new RateSampler.Reading(pieces, System.nanoTime());
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Copier extends Thread {
    private final byte[] from;
    private final byte[] to;
    private final AtomicBoolean done;
    private final AtomicLong pieces = new AtomicLong();

    Copier(int bytes, AtomicBoolean done) {
      super("copies");
      from = new byte[bytes];
      to = new byte[bytes];
      this.done = done;
    }

    @Override
    public void run() {
      for (int at = 0; !done.get(); at = (at + PIECE) % from.length) {
        System.arraycopy(from, at, to, at, PIECE);
        pieces.incrementAndGet();
      }
    }
  }
}
