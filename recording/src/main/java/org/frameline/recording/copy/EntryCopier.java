package org.frameline.recording.copy;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.Origin;
import org.frameline.protocol.Outage;
import org.frameline.recording.Compression;
import org.frameline.recording.stored.StoredDataset;
import org.frameline.recording.write.DeflatedChunk;
import org.frameline.recording.write.RecordingWriter;

/**
 * Copies the frames of one group. Owns the files that are open: those of which frames have been
 * taken, and not all yet. Used once, by one thread.
 */
final class EntryCopier implements Closeable {
  private final MergedEntry group;
  private final Compression compression;
  private final RecordingWriter writer;
  private final int framesPerChunk;
  private final Map<SourceEntry, Integer> lastUse = new HashMap<>();
  private final Map<SourceEntry, SourcePixels> open = new HashMap<>();
  private long expected;
  private long written;
  private long asTheyWere;

  EntryCopier(MergedEntry group, Compression compression, RecordingWriter writer) {
    this.group = group;
    this.compression = compression;
    this.writer = writer;
    framesPerChunk = writer.framesPerChunk();
    expected = group.begin();
    for (int i = 0; i < group.rows().size(); i++) {
      lastUse.put(group.rows().get(i).part(), i);
    }
  }

  /** Frames copied so far. */
  long frames() {
    return written;
  }

  /** Of these, the ones whose compressed chunks were taken as they are. */
  long asTheyWere() {
    return asTheyWere;
  }

  /** Copies until all is done, or until it is stopped. */
  void run(LongConsumer progress, BooleanSupplier stop) throws IOException {
    for (Outage outage : group.outages()) {
      writer.outage(outage.frame(), outage.durationMs());
    }
    for (SourceEntry part : group.parts()) {
      writer.unwanted(part.unwanted());
    }
    List<MergedEntry.Rows> all = group.rows();
    for (int i = 0; i < all.size() && !stop.getAsBoolean(); i++) {
      MergedEntry.Rows rows = all.get(i);
      copy(rows, opened(rows.part()), progress, stop);
      if (lastUse.get(rows.part()) == i) {
        open.remove(rows.part()).close();
      }
    }
    for (FrameSet.Run run : group.missingAtEnd()) {
      writer.missing(run.first(), run.count());
    }
  }

  private SourcePixels opened(SourceEntry part) throws IOException {
    SourcePixels pixels = open.get(part);
    if (pixels == null) {
      pixels = new SourcePixels(part);
      open.put(part, pixels);
    }
    return pixels;
  }

  private void copy(
      MergedEntry.Rows rows, SourcePixels pixels, LongConsumer progress, BooleanSupplier stop)
      throws IOException {
    SourceEntry part = rows.part();
    int row = rows.first();
    while (row < rows.end() && !stop.getAsBoolean()) {
      if (isWholeChunk(rows, row)) {
        copyChunk(part, row, pixels);
        row += framesPerChunk;
      } else {
        listGap(part.number(row));
        writer.append(part.number(row), part.timestampNs(row), part.origin(row), pixels.frame(row));
        written++;
        row++;
      }
      progress.accept(written);
    }
  }

  /** Whether a compressed chunk begins with this row that is one in the copy too. */
  private boolean isWholeChunk(MergedEntry.Rows rows, int row) {
    StoredDataset data = rows.part().data();
    return compression == Compression.GZIP
        && data.compression() == Compression.GZIP
        && data.rowsPerChunk() == framesPerChunk
        && row % framesPerChunk == 0
        && written % framesPerChunk == 0
        && row + framesPerChunk <= rows.end();
  }

  private void copyChunk(SourceEntry part, int row, SourcePixels pixels) throws IOException {
    List<Long> numbers = new ArrayList<>();
    List<Long> timestampsNs = new ArrayList<>();
    List<Origin> origins = new ArrayList<>();
    for (int i = row; i < row + framesPerChunk; i++) {
      listGap(part.number(i));
      numbers.add(part.number(i));
      timestampsNs.add(part.timestampNs(i));
      origins.add(part.origin(i));
    }
    writer.appendChunk(
        new DeflatedChunk(numbers, timestampsNs, origins, pixels.deflated(row / framesPerChunk)));
    written += framesPerChunk;
    asTheyWere += framesPerChunk;
  }

  private void listGap(long number) throws IOException {
    if (number > expected) {
      writer.missing(expected, number - expected);
    }
    expected = number + 1;
  }

  @Override
  public void close() throws IOException {
    for (SourcePixels pixels : open.values()) {
      pixels.close();
    }
  }
}
