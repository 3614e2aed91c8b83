package org.frameline.recording.output;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FramePixels;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.Origin;
import org.frameline.protocol.Outage;
import org.frameline.recording.CallTiming;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.Unwanted;
import org.frameline.recording.write.FrameNotes;
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
  public boolean append(
      FrameHeader header, FramePixels pixels, Optional<FrameSet.Run> gap, Optional<Outage> outage)
      throws IOException {
    if (!isOf(entry, header)) {
      writer.beginEntry(content.describe(header, version, Instant.now()));
      entry = header;
    }
    FrameNotes notes =
        new FrameNotes(header.frame(), header.timestampNs(), Origin.of(header), gap, outage);
    return writer.append(notes, pixels);
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
  public void unwanted(Unwanted more) throws IOException {
    writer.unwanted(more);
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
