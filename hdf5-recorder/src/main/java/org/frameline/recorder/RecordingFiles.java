package org.frameline.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.frameline.program.Version;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FramePixels;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.Outage;
import org.frameline.protocol.StartFrom;
import org.frameline.recording.CallTiming;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.output.EntryContent;
import org.frameline.recording.output.FrameOutput;
import org.frameline.recording.output.FrameOutputs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one recording: opens them when the first frame tells what to write, and begins a new
 * one when one is full. What a file is like is a matter of its {@link FrameOutput}. Not
 * thread-safe.
 */
final class RecordingFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingFiles.class);

  private final RecorderConfig config;
  private final List<Path> files = new ArrayList<>();
  private FrameOutput output;
  private int before;
  private long framesInFile;
  private long bytesInFile;
  private long framesBefore;
  private long bytesBefore;
  private final Map<String, CallTiming> timingsBefore = new LinkedHashMap<>();

  RecordingFiles(RecorderConfig config) {
    this.config = config;
  }

  /**
   * Writes a frame, after the hole before it if there is one.
   *
   * @param pixels lent for this call
   * @param gap what is missing before this frame
   * @param outage the outage that is known with this frame
   * @return false when the pixels were overwritten before they were taken; nothing is noted then
   * @throws IOException one line with the file and what failed
   */
  boolean append(
      FrameHeader header, FramePixels pixels, Optional<FrameSet.Run> gap, Optional<Outage> outage)
      throws IOException {
    int bytes = pixels.bytes();
    if (output != null && config.rotation().isFull(framesInFile, bytesInFile, bytes)) {
      close();
    }
    if (output == null) {
      open(header);
    }
    if (!output.append(header, pixels, gap, outage)) {
      return false;
    }
    framesInFile++;
    bytesInFile += bytes;
    return true;
  }

  /**
   * Lists what is missing after the last frame. Without a frame of that stream there is no entry to
   * list it in.
   */
  void missingAtEnd(String stream, Optional<FrameSet.Run> gap) throws IOException {
    if (output != null && gap.isPresent()) {
      output.missingAtEnd(stream, gap.get());
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
    output =
        FrameOutputs.of(file)
            .open(config.options(file), EntryContent.RECORDING, Version.NUMBER, header);
    files.add(file);
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

  /** Closes the current file; a further frame opens the next one. */
  void close() throws IOException {
    if (output == null) {
      return;
    }
    FrameOutput closing = output;
    output = null;
    try {
      closing.close();
    } finally {
      framesBefore += closing.frames();
      bytesBefore += closing.bytesWritten();
      add(closing.timings(), timingsBefore);
    }
  }

  /** Frames in all files. */
  long frames() {
    return framesBefore + (output == null ? 0 : output.frames());
  }

  /** Bytes written to all files, metadata included. */
  long bytes() {
    return bytesBefore + (output == null ? 0 : output.bytesWritten());
  }

  /** How long writing took in all files, by the kind of call. */
  Map<String, CallTiming> timings() {
    Map<String, CallTiming> all = new LinkedHashMap<>(timingsBefore);
    if (output != null) {
      add(output.timings(), all);
    }
    return all;
  }

  private static void add(Map<String, CallTiming> timings, Map<String, CallTiming> to) {
    timings.forEach((kind, timing) -> to.merge(kind, timing, CallTiming::then));
  }

  /** The files so far. */
  List<Path> files() {
    return List.copyOf(files);
  }
}
