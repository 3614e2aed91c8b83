package org.frameline.recording.output;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.Origin;
import org.frameline.protocol.Outage;
import org.frameline.protocol.StreamMessage;
import org.frameline.recording.CallTiming;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.write.RecordingWriter;

/** Frames in a recording, of which it owns the writer. Threads as that one has them. */
final class Hdf5Output implements FrameOutput {
  private final EntryContent content;
  private final String version;
  private final RecordingWriter writer;
  private FrameHeader entry;

  Hdf5Output(RecordingOptions options, EntryContent content, String version, FrameHeader first)
      throws IOException {
    this.content = content;
    this.version = version;
    entry = first;
    writer = RecordingWriter.open(options, content.describe(first, version, Instant.now()));
  }

  @Override
  public void append(StreamMessage.Frame frame, Optional<FrameSet.Run> gap, Optional<Outage> outage)
      throws IOException {
    FrameHeader header = frame.header();
    if (!isOf(entry, header)) {
      writer.beginEntry(content.describe(header, version, Instant.now()));
      entry = header;
    }
    if (gap.isPresent()) {
      writer.missing(gap.get().first(), gap.get().count());
    }
    if (outage.isPresent()) {
      writer.outage(outage.get().frame(), outage.get().durationMs());
    }
    writer.append(header.frame(), header.timestampNs(), Origin.of(header), frame.payload());
  }

  private static boolean isOf(FrameHeader entry, FrameHeader header) {
    return entry.sameArrayAs(header)
        && entry.stream().equals(header.stream())
        && Origin.of(entry).sameKindAs(Origin.of(header));
  }

  @Override
  public void missingAtEnd(String stream, FrameSet.Run gap) throws IOException {
    if (entry.stream().equals(stream)) {
      writer.missing(gap.first(), gap.count());
    }
  }

  @Override
  public long frames() {
    return writer.frames();
  }

  @Override
  public long durableFrames() {
    return writer.checkpointedFrames();
  }

  @Override
  public long bytesWritten() {
    return writer.bytesWritten();
  }

  @Override
  public Map<String, CallTiming> timings() {
    return writer.timings();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
