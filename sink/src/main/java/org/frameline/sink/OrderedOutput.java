package org.frameline.sink;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.ReceivedFrames;

/**
 * Writes results to the spectra file in order, if there is a file. When a publisher is restarted,
 * the last results of the old stream come among the first of the new one, so the new one waits
 * until no more can come, which the ventilator says. Not thread-safe.
 *
 * <p>A frame that is overtaken is waited for until the ventilator has settled it. A ventilator that
 * knows of the order does not run ahead further than its window, so that is what has to wait here.
 */
final class OrderedOutput implements AutoCloseable {

  /** One stream on its way to the file. */
  private static final class Part {
    private final String stream;
    private final long floor;
    private final Reorder reorder;
    private long first;
    private long from;
    private boolean over;

    /** A stream of which all below the floor stands in the file already. */
    Part(String stream, long floor, long first, int capacity) {
      this.stream = stream;
      this.floor = floor;
      this.first = Math.max(floor, first);
      this.reorder = new Reorder(this.first, capacity);
    }

    void dealt(DealtStream dealt) {
      long begin = Math.max(floor, dealt.first());
      if (reorder.beginAt(begin)) {
        first = begin;
      }
      from = Math.max(from, dealt.from());
      over = dealt.over();
    }
  }

  /**
   * Frames that the ventilator gave up, or never had, wait for its next question, and meanwhile up
   * to one window of others may come.
   */
  private static final int WINDOWS_WHEN_ORDERED = 2;

  private final SpectraFile file;
  private final boolean ordered;
  private final Set<String> finished = new HashSet<>();
  private Part current;
  private Part next;
  private final Map<String, Long> late = new HashMap<>();

  /**
   * An output that has written nothing.
   *
   * @param config says which file, and whether an earlier frame is waited for
   */
  OrderedOutput(SinkConfig config) {
    file = config.out() == null ? null : new SpectraFile(config.options());
    ordered = config.ordered();
  }

  /**
   * Adds a result.
   *
   * @param firstExpected the first frame of its stream that should come
   * @param window how many frames may be under way at once, so how far apart they may arrive
   */
  void add(Result result, long firstExpected, int window) {
    String stream = result.header().stream();
    if (file == null) {
      return;
    }
    if (finished.contains(stream)) {
      late.merge(stream, 1L, Long::sum);
      result.release().run();
      return;
    }
    if (current != null && current.stream.equals(stream)) {
      write(current, current.reorder.add(result));
      return;
    }
    if (next != null && !next.stream.equals(stream)) {
      advance();
    }
    if (next == null) {
      int capacity = ordered ? WINDOWS_WHEN_ORDERED * window : window;
      next = new Part(stream, file.writtenBelow(stream), firstExpected, capacity);
    }
    next.reorder.hold(result);
    if (current == null || next.reorder.isFull()) {
      advance();
    }
    release();
  }

  /** An earlier run of the sink has written all frames below this one that it was to write. */
  void resume(String stream, long frame) {
    file.resume(stream, frame);
  }

  /** What has arrived below this frame is kept, or will never be. */
  long keptBelow(String stream) {
    return file == null ? ReceivedFrames.ALL_KEPT : file.keptBelow(stream, finished::contains);
  }

  /** How many frames are kept for good, of all streams: when it changes there is news. */
  long kept() {
    return file == null ? 0 : file.kept();
  }

  /** The ventilator says which frames may still come. */
  void dealt(List<DealtStream> streams) {
    if (file == null) {
      return;
    }
    for (DealtStream dealt : streams) {
      for (Part part : new Part[] {current, next}) {
        if (part != null && part.stream.equals(dealt.stream())) {
          part.dealt(dealt);
        }
      }
    }
    release();
  }

  private void release() {
    if (current == null) {
      return;
    }
    write(current, current.reorder.skipTo(current.from));
    if (current.over && next != null) {
      file.end(current.stream, current.from);
      advance();
      release();
    }
  }

  /** Writes what still waits, and lists what is missing up to the end. */
  void finish(String endedStream, long published) {
    if (file == null) {
      return;
    }
    while (current != null || next != null) {
      advance();
    }
    if (published >= 0) {
      file.end(endedStream, published);
    }
  }

  /** The current stream is over; the next one begins. */
  private void advance() {
    if (current != null) {
      write(current, current.reorder.drain());
      late.merge(current.stream, current.reorder.late(), Long::sum);
      finished.add(current.stream);
    }
    current = next;
    next = null;
    if (current != null) {
      write(current, current.reorder.release());
    }
  }

  private void write(Part part, List<Result> results) {
    for (Result result : results) {
      if (!file.append(result, part.first)) {
        late.merge(part.stream, 1L, Long::sum);
      }
      result.release().run();
    }
  }

  /** Frames that came too late to be written in order. */
  long late() {
    long finishedLate = late.values().stream().mapToLong(Long::longValue).sum();
    return finishedLate + (current == null ? 0 : current.reorder.late());
  }

  /** Those of one stream. */
  long late(String stream) {
    boolean isCurrent = current != null && current.stream.equals(stream);
    return late.getOrDefault(stream, 0L) + (isCurrent ? current.reorder.late() : 0);
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
