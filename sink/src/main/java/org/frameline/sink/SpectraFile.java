package org.frameline.sink;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.frameline.program.ProgramException;
import org.frameline.program.Version;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.ReceivedFrames;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.Unwanted;
import org.frameline.recording.output.EntryContent;
import org.frameline.recording.output.FrameOutput;
import org.frameline.recording.output.FrameOutputs;

/**
 * The spectra on their way to an output, in the order of frame numbers: which are missing there,
 * and which no crash can take away any more. Not thread-safe.
 */
final class SpectraFile implements AutoCloseable {
  /** A frame that no checkpoint has yet. */
  private record Written(String stream, long frame) {}

  private final RecordingOptions options;
  private FrameOutput output;
  private String current;
  private long next;
  private Unwanted noted = Unwanted.NONE;
  private long kept;
  private final Deque<Written> unkept = new ArrayDeque<>();
  private final Map<String, Long> writtenBelow = new HashMap<>();
  private final Map<String, Long> keptBelow = new HashMap<>();

  SpectraFile(RecordingOptions options) {
    this.options = options;
  }

  /** An earlier run has written all frames below this one that it was to write. */
  void resume(String stream, long frame) {
    writtenBelow.put(stream, frame);
    keptBelow.put(stream, frame);
  }

  /** The frames below this one are written, or will never be; 0 before the first. */
  long writtenBelow(String stream) {
    return writtenBelow.getOrDefault(stream, 0L);
  }

  /** How many frames no crash can take away any more. */
  long kept() {
    if (output != null) {
      long durable = output.durableFrames();
      for (; kept < durable && !unkept.isEmpty(); kept++) {
        Written written = unkept.poll();
        keptBelow.put(written.stream(), written.frame() + 1);
      }
    }
    return kept;
  }

  /**
   * Below this frame nothing of a stream waits for a checkpoint.
   *
   * @param isFinished whether a stream is over, so that what comes late is never written
   */
  long keptBelow(String stream, Predicate<String> isFinished) {
    kept();
    long below = keptBelow.getOrDefault(stream, 0L);
    return isFinished.test(stream) && below >= writtenBelow(stream)
        ? ReceivedFrames.ALL_KEPT
        : below;
  }

  /**
   * Adds a spectrum; frame numbers ascend within a stream.
   *
   * @return false when its worker overwrote it before it was written, although it must not; then it
   *     is missing
   */
  boolean append(Result result, long expectedFirst) {
    FrameHeader header = result.header();
    try {
      if (output == null) {
        output =
            FrameOutputs.of(options.file())
                .open(options, EntryContent.SPECTRA, Version.NUMBER, header);
      }
      if (!header.stream().equals(current)) {
        current = header.stream();
        next = Math.min(Math.max(expectedFirst, writtenBelow(current)), header.frame());
      }
      if (!output.append(header, result.numbers(), gapUpTo(header.frame()), Optional.empty())) {
        return false;
      }
      next = header.frame() + 1;
      unkept.add(new Written(header.stream(), header.frame()));
      writtenBelow.put(header.stream(), next);
      return true;
    } catch (IOException e) {
      throw ProgramException.failed(e.getMessage(), e);
    }
  }

  private Optional<FrameSet.Run> gapUpTo(long frame) {
    return frame > next ? Optional.of(new FrameSet.Run(next, frame - next)) : Optional.empty();
  }

  /** Notes what has come in all that is not in the file, as soon as there is a file. */
  void unwanted(Unwanted all) {
    if (output == null || all.equals(noted)) {
      return;
    }
    try {
      output.unwanted(all.minus(noted));
      noted = all;
    } catch (IOException e) {
      throw ProgramException.failed(e.getMessage(), e);
    }
  }

  /** Lists what is missing at the end of the stream. */
  void end(String stream, long published) {
    if (current == null || !current.equals(stream) || published <= next) {
      return;
    }
    try {
      output.missingAtEnd(stream, new FrameSet.Run(next, published - next));
      next = published;
    } catch (IOException e) {
      throw ProgramException.failed(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (output == null) {
      return;
    }
    try {
      output.close();
    } catch (IOException e) {
      throw ProgramException.failed(e.getMessage(), e);
    }
  }
}
