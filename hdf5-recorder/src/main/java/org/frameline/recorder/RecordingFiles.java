package org.frameline.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.frameline.program.Version;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.Origin;
import org.frameline.protocol.Outage;
import org.frameline.protocol.PixelFormat;
import org.frameline.protocol.StartFrom;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.RecordingWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one recording: opens them when the first frame tells what to write, begins a new
 * entry for a new stream or shape and a new file when one is full. Not thread-safe.
 */
final class RecordingFiles {
  private static final int COMPRESSION_THREADS =
      Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));

  private static final Logger LOG = LoggerFactory.getLogger(RecordingFiles.class);

  private final RecorderConfig config;
  private final List<Path> files = new ArrayList<>();
  private RecordingWriter writer;
  private FrameHeader entry;
  private int before;
  private long framesInFile;
  private long bytesInFile;
  private long framesBefore;
  private long missingBefore;
  private long bytesBefore;

  RecordingFiles(RecorderConfig config) {
    this.config = config;
  }

  /**
   * Writes a frame, after the hole before it if there is one.
   *
   * @param gap what is missing before this frame
   * @param outage the outage that is known with this frame
   * @throws IOException one line with the file and what failed
   */
  void append(Frame frame, Optional<FrameSet.Run> gap, Optional<Outage> outage) throws IOException {
    FrameHeader header = frame.header();
    int bytes = frame.payload().remaining();
    if (writer != null && config.rotation().isFull(framesInFile, bytesInFile, bytes)) {
      close();
    }
    if (writer == null) {
      open(header);
    } else if (!isOf(entry, header)) {
      writer.beginEntry(describe(header));
      entry = header;
    }
    if (gap.isPresent()) {
      writer.missing(gap.get().first(), gap.get().count());
    }
    if (outage.isPresent()) {
      writer.outage(outage.get().frame(), outage.get().durationMs());
    }
    writer.append(header.frame(), header.timestampNs(), Origin.of(header), frame.payload());
    framesInFile++;
    bytesInFile += bytes;
  }

  private static boolean isOf(FrameHeader entry, FrameHeader header) {
    return entry.sameArrayAs(header)
        && entry.stream().equals(header.stream())
        && Origin.of(entry).sameKindAs(Origin.of(header));
  }

  /**
   * Lists what is missing after the last frame. Without a frame of that stream there is no entry to
   * list it in.
   */
  void missingAtEnd(String stream, Optional<FrameSet.Run> gap) throws IOException {
    if (writer != null && gap.isPresent() && entry.stream().equals(stream)) {
      writer.missing(gap.get().first(), gap.get().count());
    }
  }

  /**
   * With which frame to begin: as asked, or without a wish behind an interrupted recording that is
   * appended to.
   */
  StartFrom from() throws IOException {
    boolean appends = config.existing() == ExistingFile.APPEND;
    if (appends && config.rotation().isOn()) {
      before = numberBefore();
    }
    if (!appends || !config.from().isNow()) {
      return config.from();
    }
    StartFrom from = Interrupted.in(config.rotation().fileName(config.out(), Math.max(1, before)));
    if (!from.isNow()) {
      LOG.info(
          "the recording broke off before frame {} of stream {}; going on there",
          from.frame(),
          from.stream());
    }
    return from;
  }

  private void open(FrameHeader header) throws IOException {
    Path file = config.rotation().fileName(config.out(), before + files.size() + 1);
    writer =
        RecordingWriter.open(
            new RecordingOptions(
                file,
                config.existing(),
                config.compression(),
                config.checksum(),
                config.checkpoint(),
                COMPRESSION_THREADS),
            describe(header));
    files.add(file);
    entry = header;
    framesInFile = 0;
    bytesInFile = 0;
  }

  /** Files of an earlier recording that this one goes on after. */
  private int numberBefore() throws IOException {
    Path folder = config.out().toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> present = Files.list(folder)) {
      Stream<String> names = present.map(file -> file.getFileName().toString());
      return config.rotation().numberAfter(config.out(), names) - 1;
    }
  }

  private static EntryDescription describe(FrameHeader header) {
    Map<String, Object> attributes = header.attributes();
    // The writer's own, which a stranger's key of that name would double.
    attributes.remove("NX_class");
    attributes.keySet().removeAll(Outage.KEYS);
    String source = header.text(FrameHeader.SOURCE).orElse("unknown source");
    boolean colour = header.shape().size() == 3;
    return new EntryDescription(
        "Recording of " + source,
        header.shape(),
        header.type(),
        colour ? "rgb-image" : "image",
        source,
        header
            .text(FrameHeader.PIXEL_FORMAT)
            .orElse(colour ? PixelFormat.RGB8.pfncName() : PixelFormat.MONO8.pfncName()),
        attributes,
        "frameline record",
        Version.NUMBER,
        Instant.now());
  }

  /** Closes the current file; a further frame opens the next one. */
  void close() throws IOException {
    if (writer == null) {
      return;
    }
    RecordingWriter closing = writer;
    writer = null;
    try {
      closing.close();
    } finally {
      framesBefore += closing.frames();
      missingBefore += closing.missingFrames();
      bytesBefore += closing.bytesWritten();
    }
  }

  /** Frames in all files. */
  long frames() {
    return framesBefore + (writer == null ? 0 : writer.frames());
  }

  /** Frames listed as missing in all files. */
  long missing() {
    return missingBefore + (writer == null ? 0 : writer.missingFrames());
  }

  /** Bytes written to all files, metadata included. */
  long bytes() {
    return bytesBefore + (writer == null ? 0 : writer.bytesWritten());
  }

  /** The files so far. */
  List<Path> files() {
    return List.copyOf(files);
  }
}
