package org.frameline.sink;

import java.nio.file.Path;
import java.util.List;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.recording.ExistingFile;

/** Writes results to the spectra file in order, if there is a file. Not thread-safe. */
final class OrderedOutput implements AutoCloseable {
  private final SpectraFile file;
  private Reorder reorder;
  private String stream;
  private long first;
  private long late;

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
    if (file == null) {
      return;
    }
    if (!frame.header().stream().equals(stream)) {
      flush();
      stream = frame.header().stream();
      first = firstExpected;
      reorder = new Reorder(firstExpected, window);
    }
    write(reorder.add(frame));
  }

  /** Writes what still waits, and lists what is missing up to the end. */
  void finish(String endedStream, long published) {
    if (file == null) {
      return;
    }
    flush();
    if (published >= 0) {
      file.end(endedStream, published);
    }
  }

  private void flush() {
    if (reorder != null) {
      write(reorder.drain());
      late += reorder.late();
      reorder = null;
    }
  }

  private void write(List<Frame> frames) {
    frames.forEach(frame -> file.append(frame, first));
  }

  /** Frames that came too late to be written in order. */
  long late() {
    return late + (reorder == null ? 0 : reorder.late());
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
