package org.frameline.sink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.ReceivedFrames;
import org.frameline.recording.Unwanted;

/**
 * Writes results to the spectra file in order, if there is a file: of the streams that the
 * ventilator has named, and one stream after the other. When a publisher is restarted, the last
 * results of the old stream come among the first of the new one, so the new one waits until no more
 * can come, which the ventilator says, or no longer names the old one. Not thread-safe.
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
    private long announced = Long.MAX_VALUE;
    private long first;
    private long from;
    private boolean over;

    /** A stream of which all below the floor stands in the file already. */
    Part(String stream, long floor, int capacity) {
      this.stream = stream;
      this.floor = floor;
      this.first = floor;
      this.reorder = new Reorder(floor, capacity);
    }

    void dealt(DealtStream dealt) {
      announced = Math.min(announced, dealt.first());
      long begin = Math.max(floor, announced);
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

  /** In the order in which the ventilator named them: the first is written, the others wait. */
  private final Deque<Part> parts = new ArrayDeque<>();

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

  /** Adds a result of a stream that was {@link #dealt named}. */
  void add(Result result) {
    if (file == null) {
      return;
    }
    Part part = part(result.header().stream());
    if (part == null) {
      late.merge(result.header().stream(), 1L, Long::sum);
      result.release().run();
    } else if (part == parts.peek()) {
      write(part, part.reorder.add(result));
    } else {
      part.reorder.hold(result);
      while (part.reorder.isFull() && part != parts.peek()) {
        advance();
      }
    }
  }

  private Part part(String stream) {
    return parts.stream().filter(part -> part.stream.equals(stream)).findFirst().orElse(null);
  }

  /** Notes in the file how many results have come that are not in it. */
  void note(long strange) {
    if (file != null) {
      file.unwanted(new Unwanted(late(), strange));
    }
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

  /**
   * The ventilator says which frames may still come.
   *
   * @param window how many frames may be under way at once, so how far apart they may arrive
   */
  void dealt(List<DealtStream> streams, int window) {
    if (file == null || streams.isEmpty()) {
      return;
    }
    parts.forEach(part -> part.over = true);
    for (DealtStream dealt : streams) {
      if (!finished.contains(dealt.stream())) {
        named(dealt.stream(), window).dealt(dealt);
      }
    }
    release();
  }

  private Part named(String stream, int window) {
    Part part = part(stream);
    if (part == null) {
      int capacity = ordered ? WINDOWS_WHEN_ORDERED * window : window;
      part = new Part(stream, file.writtenBelow(stream), capacity);
      parts.add(part);
    }
    return part;
  }

  /** Nothing was dealt out of a stream from this frame on, so what waits there is none of it. */
  void endsBefore(String stream, long to) {
    Part part = part(stream);
    if (part != null) {
      part.reorder.forgetFrom(to);
    }
  }

  /** A stream that is over gives way to the next one. */
  private void release() {
    Part part = parts.peek();
    while (part != null) {
      write(part, part.reorder.skipTo(part.from));
      if (!part.over || parts.size() == 1) {
        return;
      }
      file.end(part.stream, part.from);
      advance();
      part = parts.peek();
    }
  }

  /** Writes what still waits, and lists what is missing up to the end. */
  void finish(String endedStream, long published) {
    if (file == null) {
      return;
    }
    while (!parts.isEmpty()) {
      advance();
    }
    if (published >= 0) {
      file.end(endedStream, published);
    }
  }

  /** The first stream is over; the next one begins. */
  private void advance() {
    Part over = parts.remove();
    write(over, over.reorder.drain());
    late.merge(over.stream, over.reorder.late(), Long::sum);
    finished.add(over.stream);
    if (!parts.isEmpty()) {
      write(parts.peek(), parts.peek().reorder.release());
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
    return finishedLate + parts.stream().mapToLong(part -> part.reorder.late()).sum();
  }

  /** Those of one stream. */
  long late(String stream) {
    Part part = part(stream);
    return late.getOrDefault(stream, 0L) + (part == null ? 0 : part.reorder.late());
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
