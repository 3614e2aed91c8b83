package org.frameline.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.frameline.program.ProgramException;
import org.frameline.program.Version;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.Origin;
import org.frameline.protocol.ReceivedFrames;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.write.RecordingWriter;

/**
 * The spectra in a file of the recording format, in the order of frame numbers. A new stream, or
 * another shape, begins a new entry. Not thread-safe.
 */
final class SpectraFile implements AutoCloseable {
  /** The ventilator holds a frame until a checkpoint has it, so they follow each other closely. */
  private static final Duration CHECKPOINT_EVERY = Duration.ofMillis(100);

  /** A frame that no checkpoint has yet. */
  private record Written(String stream, long frame) {}

  private final Path path;
  private final ExistingFile existing;
  private final Checksum checksum;
  private RecordingWriter writer;
  private FrameHeader entry;
  private long next;
  private long kept;
  private final Deque<Written> unkept = new ArrayDeque<>();
  private final Map<String, Long> writtenBelow = new HashMap<>();
  private final Map<String, Long> keptBelow = new HashMap<>();

  SpectraFile(Path path, ExistingFile existing, Checksum checksum) {
    this.path = path;
    this.existing = existing;
    this.checksum = checksum;
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
    if (writer != null) {
      long durable = writer.checkpointedFrames();
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

  /** Adds a spectrum; frame numbers ascend within a stream. */
  void append(Frame frame, long expectedFirst) {
    FrameHeader header = frame.header();
    try {
      boolean newStream = entry == null || !entry.stream().equals(header.stream());
      if (newStream
          || !entry.sameArrayAs(header)
          || !Origin.of(entry).sameKindAs(Origin.of(header))) {
        beginEntry(header);
        if (newStream) {
          next = Math.min(Math.max(expectedFirst, writtenBelow(header.stream())), header.frame());
        }
      }
      if (header.frame() > next) {
        writer.missing(next, header.frame() - next);
      }
      writer.append(header.frame(), header.timestampNs(), Origin.of(header), frame.payload());
      next = header.frame() + 1;
      unkept.add(new Written(header.stream(), header.frame()));
      writtenBelow.put(header.stream(), next);
    } catch (IOException e) {
      throw ProgramException.failed(e.getMessage(), e);
    }
  }

  /** Lists what is missing at the end of the stream. */
  void end(String stream, long published) {
    if (entry == null || !entry.stream().equals(stream) || published <= next) {
      return;
    }
    try {
      writer.missing(next, published - next);
      next = published;
    } catch (IOException e) {
      throw ProgramException.failed(e.getMessage(), e);
    }
  }

  private void beginEntry(FrameHeader header) throws IOException {
    EntryDescription description = describe(header);
    if (writer == null) {
      writer =
          RecordingWriter.open(
              new RecordingOptions(path, existing, Compression.NONE, checksum, CHECKPOINT_EVERY, 1),
              description);
    } else {
      writer.beginEntry(description);
    }
    entry = header;
  }

  private static EntryDescription describe(FrameHeader header) {
    Map<String, Object> attributes = header.attributes();
    attributes.remove(FrameHeader.WORKER);
    attributes.remove(FrameHeader.RECEIVED_NS);
    attributes.remove(FrameHeader.TRANSFORM_NS);
    attributes.remove("NX_class");
    String source = header.text(FrameHeader.SOURCE).orElse("unknown source");
    return new EntryDescription(
        "Spectra of " + source,
        header.shape(),
        header.type(),
        // NeXus' "spectrum" is a curve.
        "image",
        source,
        null,
        attributes,
        "frameline sink",
        Version.NUMBER,
        Instant.now());
  }

  @Override
  public void close() {
    if (writer == null) {
      return;
    }
    try {
      writer.close();
    } catch (IOException e) {
      throw ProgramException.failed(e.getMessage(), e);
    }
  }
}
