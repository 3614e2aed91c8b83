package org.frameline.recording.copy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.Origin;
import org.frameline.protocol.Outage;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.EntryNames;
import org.frameline.recording.FileText;
import org.frameline.recording.Unwanted;
import org.frameline.recording.hdf5.Datatype;
import org.frameline.recording.stored.StoredDataset;
import org.frameline.recording.stored.StoredFile;
import org.frameline.recording.stored.StoredHeader;
import org.frameline.recording.stored.StoredRows;
import org.frameline.recording.stored.StoredTexts;

/**
 * What one entry of a recording says of itself and of its frames, without the pixels: 8 to 32 bytes
 * per frame. Immutable; the file is closed again.
 */
final class SourceEntry {
  private static final String STREAM = "stream";

  private final Path file;
  private final String name;
  private final EntryDescription about;
  private final Instant ended;
  private final boolean closed;
  private final Unwanted unwanted;
  private final StoredDataset data;
  private final long[] numbers;
  private final long[] timestampsNs;
  private final long[] originNumbers;
  private final long[] originTimestampsNs;
  private final List<FrameSet.Run> missing = new ArrayList<>();
  private final List<Outage> outages = new ArrayList<>();

  private SourceEntry(Path path, StoredFile file, StoredHeader entry, String name)
      throws IOException {
    this.file = path;
    this.name = name;
    StoredTexts texts = new StoredTexts(file);
    StoredHeader detector =
        entry.child(file, EntryNames.INSTRUMENT).child(file, EntryNames.DETECTOR);
    data = StoredDataset.of(detector.child(file, EntryNames.DATA));
    about = describe(file, texts, entry, detector, data);
    ended = Instant.parse(texts.text(entry.child(file, EntryNames.END_TIME)));
    closed = texts.value(entry, EntryNames.CLOSED, Boolean.class).orElse(false);
    unwanted =
        new Unwanted(
            texts.value(entry, EntryNames.LATE, Long.class).orElse(0L),
            texts.value(entry, EntryNames.STRANGE, Long.class).orElse(0L));
    numbers = column(file, detector, EntryNames.FRAME_NUMBER, Datatype.UINT64);
    requireAscending();
    timestampsNs = column(file, detector, EntryNames.TIMESTAMP, Datatype.INT64);
    originNumbers = originColumn(file, detector, EntryNames.RECORDED_FRAME_NUMBER, Datatype.UINT64);
    originTimestampsNs =
        originColumn(file, detector, EntryNames.RECORDED_TIMESTAMP, Datatype.INT64);
    pairs(
        file,
        entry,
        EntryNames.MISSING,
        (first, count) -> missing.add(new FrameSet.Run(first, count)));
    pairs(file, entry, EntryNames.OUTAGES, (first, ms) -> outages.add(new Outage(first, ms)));
  }

  /**
   * All entries of a recording, oldest first.
   *
   * @throws IOException naming the file and what is wrong, when it is none of ours or is damaged
   */
  static List<SourceEntry> of(Path path) throws IOException {
    try (StoredFile file = StoredFile.open(path)) {
      StoredHeader root = StoredHeader.read(file, file.superblock().rootAddress(), "/");
      List<SourceEntry> parts = new ArrayList<>();
      for (Map.Entry<String, Long> link : root.links().entrySet()) {
        if (EntryNames.isEntry(link.getKey())) {
          StoredHeader entry = StoredHeader.read(file, link.getValue(), "/" + link.getKey());
          parts.add(new SourceEntry(path, file, entry, link.getKey()));
        }
      }
      if (parts.isEmpty()) {
        throw new IOException("expected a recording, found no entry in this HDF5 file");
      }
      return parts;
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw new IOException(path + ": is damaged: " + e, e);
    } catch (IOException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  private static EntryDescription describe(
      StoredFile file,
      StoredTexts texts,
      StoredHeader entry,
      StoredHeader detector,
      StoredDataset data)
      throws IOException {
    StoredHeader pixels = detector.child(file, EntryNames.DATA);
    StoredHeader program = entry.child(file, EntryNames.PROGRAM_NAME);
    Map<String, Object> stream = texts.values(entry.child(file, EntryNames.STREAM));
    stream.remove(EntryNames.NX_CLASS);
    FileText.keepAttributeNames(stream);
    return new EntryDescription(
        texts.text(entry.child(file, EntryNames.TITLE)),
        data.dimensions().stream().skip(1).map(Math::toIntExact).toList(),
        data.type(),
        texts.value(pixels, EntryNames.INTERPRETATION, String.class).orElse(null),
        texts.text(detector.child(file, EntryNames.DESCRIPTION)),
        detector.links().containsKey(EntryNames.PIXEL_FORMAT)
            ? texts.text(detector.child(file, EntryNames.PIXEL_FORMAT))
            : null,
        stream,
        texts.text(program),
        texts.value(program, EntryNames.VERSION, String.class).orElse(""),
        Instant.parse(texts.text(entry.child(file, EntryNames.START_TIME))));
  }

  private void requireAscending() throws IOException {
    long last = -1;
    for (long number : numbers) {
      if (number <= last || number > FrameHeader.MAX_FRAME) {
        throw new IOException(
            String.format(
                "/%s: expected a frame number above %d, found %d; 'frameline verify' tells more",
                name, last, number));
      }
      last = number;
    }
  }

  /** As {@link #column}; empty where there is none. */
  private long[] originColumn(StoredFile file, StoredHeader detector, String column, byte[] type)
      throws IOException {
    return detector.links().containsKey(column)
        ? column(file, detector, column, type)
        : new long[0];
  }

  /** A column as long as the pixels. */
  private long[] column(StoredFile file, StoredHeader detector, String column, byte[] type)
      throws IOException {
    StoredRows rows = new StoredRows(file, StoredDataset.of(detector.child(file, column)), 1, type);
    if (rows.count() != data.rows()) {
      throw new IOException(
          String.format(
              "/%s: expected as many rows of %s as frames, %d, found %d",
              name, column, data.rows(), rows.count()));
    }
    long[] values = new long[Math.toIntExact(rows.count())];
    for (int i = 0; i < values.length && rows.next(); i++) {
      values[i] = rows.get(0);
    }
    return values;
  }

  /** Takes a row of two numbers. */
  @FunctionalInterface
  private interface Pair {
    void take(long first, long second);
  }

  private static void pairs(StoredFile file, StoredHeader entry, String table, Pair to)
      throws IOException {
    if (entry.links().containsKey(table)) {
      StoredDataset data = StoredDataset.of(entry.child(file, table));
      StoredRows rows = new StoredRows(file, data, 2, Datatype.UINT64);
      while (rows.next()) {
        to.take(rows.get(0), rows.get(1));
      }
    }
  }

  Path file() {
    return file;
  }

  /** {@code entry}, {@code entry_2} and so on. */
  String name() {
    return name;
  }

  /** What is the same for all frames. */
  EntryDescription about() {
    return about;
  }

  /** Which stream was recorded; empty where nobody said. */
  String stream() {
    return about.streamAttributes().getOrDefault(STREAM, "").toString();
  }

  /** When it ended, or its last checkpoint. */
  Instant ended() {
    return ended;
  }

  /** Whether it was ended in order. */
  boolean closed() {
    return closed;
  }

  /** Frames that came while it was written, and are not in it. */
  Unwanted unwanted() {
    return unwanted;
  }

  /** How pixels are in the file. */
  StoredDataset data() {
    return data;
  }

  int rows() {
    return numbers.length;
  }

  long number(int row) {
    return numbers[row];
  }

  long timestampNs(int row) {
    return timestampsNs[row];
  }

  Origin origin(int row) {
    return new Origin(
        originNumbers.length == 0 ? Origin.UNKNOWN : originNumbers[row],
        originTimestampsNs.length == 0 ? Origin.UNKNOWN : originTimestampsNs[row]);
  }

  /** Whether its frames can be in one entry with those of another. */
  boolean goesWith(SourceEntry other) {
    return stream().equals(other.stream())
        && about.frameShape().equals(other.about.frameShape())
        && about.type() == other.about.type()
        && (originNumbers.length == 0) == (other.originNumbers.length == 0)
        && (originTimestampsNs.length == 0) == (other.originTimestampsNs.length == 0);
  }

  List<FrameSet.Run> missing() {
    return List.copyOf(missing);
  }

  List<Outage> outages() {
    return List.copyOf(outages);
  }
}
