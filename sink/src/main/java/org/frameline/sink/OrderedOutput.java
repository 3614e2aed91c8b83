package org.frameline.sink;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.recording.ExistingFile;

/**
 * Writes results to the spectra file in order, if there is a file. When a publisher is restarted,
 * the last results of the old stream come among the first of the new one, so the new one waits
 * until no more can come. Not thread-safe.
 */
final class OrderedOutput implements AutoCloseable {

  /** One stream on its way to the file. */
  private record Part(String stream, long first, Reorder reorder) {}

  private final SpectraFile file;
  private final Set<String> finished = new HashSet<>();
  private Part current;
  private Part next;
  private final Map<String, Long> late = new HashMap<>();

  OrderedOutput(Path path, ExistingFile existing) {
    file = path == null ? null : new SpectraFile(path, existing);
  }

  /**
   * Adds a result.
   *
   * @param firstExpected the first frame of its stream that should come
   * @param window how many frames may be under way at once, so how far apart they may arrive
   */
  void add(Frame frame, long firstExpected, int window) {
    String stream = frame.header().stream();
    if (file == null) {
      return;
    }
    if (finished.contains(stream)) {
      late.merge(stream, 1L, Long::sum);
      return;
    }
    if (current != null && current.stream.equals(stream)) {
      write(current, current.reorder.add(frame));
      return;
    }
    if (next != null && !next.stream.equals(stream)) {
      advance();
    }
    if (next == null) {
      next = new Part(stream, firstExpected, new Reorder(firstExpected, window));
    }
    next.reorder.hold(frame);
    if (current == null || next.reorder.isFull()) {
      advance();
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

  private void write(Part part, List<Frame> frames) {
    frames.forEach(frame -> file.append(frame, part.first));
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
