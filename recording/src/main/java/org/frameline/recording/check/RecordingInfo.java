package org.frameline.recording.check;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryNames;
import org.frameline.recording.Unwanted;
import org.frameline.recording.hdf5.Datatype;
import org.frameline.recording.stored.StoredDataset;
import org.frameline.recording.stored.StoredFile;
import org.frameline.recording.stored.StoredHeader;
import org.frameline.recording.stored.StoredIndex;
import org.frameline.recording.stored.StoredRows;
import org.frameline.recording.stored.StoredTexts;
import org.frameline.recording.stored.WriterLock;

/**
 * What a file of ours says about itself, without looking at a pixel: as it was at its last
 * checkpoint. Immutable.
 *
 * @param bytes size of the file
 * @param state how it ended
 * @param entries oldest first
 */
public record RecordingInfo(long bytes, RecordingCheck.State state, List<Entry> entries) {
  private static final int MOST_GAPS = 1_000;
  private static final double NS_PER_S = 1e9;
  private static final Set<String> OURS =
      Set.of(EntryNames.MISSING, EntryNames.STREAM, EntryNames.INSTRUMENT);

  public RecordingInfo {
    entries = List.copyOf(entries);
  }

  /**
   * One entry.
   *
   * @param name {@code entry}, {@code entry_2} and so on
   * @param title for people
   * @param camera the source in words
   * @param pixelFormat its PFNC name; empty for spectra
   * @param frameShape {@code [H,W,3]}, {@code [H,W]} or {@code [C,H,W/2+1]}
   * @param type of one element
   * @param askedRate frames/s that were asked for, or that the camera named
   * @param start when the entry began
   * @param end when it ended, or its last checkpoint
   * @param rows what the rows tell
   * @param compression how pixels are stored
   * @param checksum how they are protected
   * @param storedBytes how much space pixels take in the file
   * @param closed whether it was ended in order
   * @param replay what was sent again, in a recording of a replay
   */
  public record Entry(
      String name,
      String title,
      String camera,
      Optional<String> pixelFormat,
      List<Integer> frameShape,
      ElementType type,
      OptionalDouble askedRate,
      Instant start,
      Instant end,
      Rows rows,
      Compression compression,
      Checksum checksum,
      long storedBytes,
      boolean closed,
      Optional<Replay> replay) {

    /** Size of one frame in bytes. */
    public long frameBytes() {
      return frameShape.stream()
          .mapToLong(Integer::longValue)
          .reduce(type.bytes(), (a, b) -> a * b);
    }

    /** How many times larger pixels are than what is stored of them; empty when there are none. */
    public OptionalDouble compressionRatio() {
      return storedBytes == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) (rows.frames() * frameBytes()) / storedBytes);
    }
  }

  /**
   * What frame numbers, time stamps and the lists beside them tell.
   *
   * @param frames how many there are
   * @param firstFrame number of the first, -1 when there is none
   * @param lastFrame number of the last, -1 when there is none
   * @param endFrame the highest number that is there or listed as missing, -1 when there is none
   * @param firstNs when the first was grabbed, UTC epoch nanoseconds
   * @param lastNs when the last was grabbed
   * @param missingFrames how many are listed as missing
   * @param missing the first {@value #MOST_GAPS} runs of them
   * @param outages how often the camera was gone
   * @param unwanted frames that came meanwhile and are not there
   */
  public record Rows(
      long frames,
      long firstFrame,
      long lastFrame,
      long endFrame,
      long firstNs,
      long lastNs,
      long missingFrames,
      List<Gap> missing,
      long outages,
      Unwanted unwanted) {

    public Rows {
      missing = List.copyOf(missing);
    }

    /** What the camera delivered, frames/s, missing frames included; empty below two frames. */
    public OptionalDouble measuredRate() {
      return frames < 2 || lastNs <= firstNs
          ? OptionalDouble.empty()
          : OptionalDouble.of((lastFrame - firstFrame) / ((lastNs - firstNs) / NS_PER_S));
    }
  }

  /**
   * What was sent again, by the numbers that it had then.
   *
   * @param stream its stream; empty for images of another program
   * @param firstFrame the lowest number, -1 when there is none
   * @param lastFrame the highest, -1 when there is none
   */
  public record Replay(Optional<String> stream, long firstFrame, long lastFrame) {}

  /**
   * Missing frames in a row.
   *
   * @param first number of the first
   * @param count how many
   * @param afterNs when the frame before them was grabbed, UTC epoch nanoseconds; empty for none
   */
  public record Gap(long first, long count, Optional<Long> afterNs) {}

  /** Whether a file has an entry as we write them; not so when it cannot be read at all. */
  public static boolean isRecording(Path path) {
    try (StoredFile file = StoredFile.open(path)) {
      StoredHeader root = StoredHeader.read(file, file.superblock().rootAddress(), "/");
      for (String name : root.links().keySet()) {
        if (EntryNames.isEntry(name) && root.child(file, name).links().keySet().containsAll(OURS)) {
          return true;
        }
      }
      return false;
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      return false;
    }
  }

  /**
   * Looks into a recording.
   *
   * @throws IOException in one line, when it is none of ours or is damaged
   */
  public static RecordingInfo read(Path path) throws IOException {
    boolean written = WriterLock.isHeld(path);
    try (StoredFile file = StoredFile.open(path)) {
      StoredHeader root = StoredHeader.read(file, file.superblock().rootAddress(), "/");
      List<Entry> entries = new ArrayList<>();
      for (Map.Entry<String, Long> link : root.links().entrySet()) {
        if (EntryNames.isEntry(link.getKey())) {
          StoredHeader entry = StoredHeader.read(file, link.getValue(), "/" + link.getKey());
          entries.add(new EntryReader(file, entry).read(link.getKey()));
        }
      }
      if (entries.isEmpty()) {
        throw new IOException("expected a recording, found no entry in this HDF5 file");
      }
      boolean closed = entries.stream().allMatch(Entry::closed);
      return new RecordingInfo(
          file.length(), RecordingCheck.State.of(file, written, closed), entries);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw new IOException("is damaged: " + e, e);
    }
  }

  /** Reads one entry. Used once. */
  private static final class EntryReader {
    private final StoredFile file;
    private final StoredTexts texts;
    private final StoredHeader entry;
    private final StoredHeader detector;
    private long endOfGaps = -1;

    EntryReader(StoredFile file, StoredHeader entry) throws IOException {
      this.file = file;
      this.entry = entry;
      texts = new StoredTexts(file);
      detector = entry.child(file, EntryNames.INSTRUMENT).child(file, EntryNames.DETECTOR);
    }

    Entry read(String name) throws IOException {
      StoredDataset data = StoredDataset.of(detector.child(file, EntryNames.DATA));
      boolean hasFormat = detector.links().containsKey(EntryNames.PIXEL_FORMAT);
      return new Entry(
          name,
          text(entry, EntryNames.TITLE),
          text(detector, EntryNames.DESCRIPTION),
          hasFormat ? Optional.of(text(detector, EntryNames.PIXEL_FORMAT)) : Optional.empty(),
          data.dimensions().subList(1, data.dimensions().size()).stream()
              .map(Math::toIntExact)
              .toList(),
          data.type(),
          askedRate(),
          Instant.parse(text(entry, EntryNames.START_TIME)),
          Instant.parse(text(entry, EntryNames.END_TIME)),
          rows(),
          data.compression(),
          data.checksum(),
          storedBytes(data),
          texts.value(entry, EntryNames.CLOSED, Boolean.class).orElse(false),
          replay());
    }

    private Optional<Replay> replay() throws IOException {
      String column = EntryNames.RECORDED_FRAME_NUMBER;
      if (!detector.links().containsKey(column)) {
        return Optional.empty();
      }
      StoredRows numbers = table(detector, column, 1, Datatype.UINT64);
      // With --loop they begin anew.
      long lowest = -1;
      long highest = -1;
      while (numbers.next()) {
        long number = numbers.get(0);
        lowest = lowest < 0 ? number : Math.min(lowest, number);
        highest = Math.max(highest, number);
      }
      return Optional.of(
          new Replay(
              texts.value(
                  entry.child(file, EntryNames.STREAM), FrameHeader.RECORDED_STREAM, String.class),
              lowest,
              highest));
    }

    private OptionalDouble askedRate() throws IOException {
      return texts
          .value(entry.child(file, EntryNames.STREAM), FrameHeader.FRAMES_PER_SECOND, Double.class)
          .stream()
          .mapToDouble(rate -> rate)
          .findAny();
    }

    private String text(StoredHeader group, String name) throws IOException {
      return texts.text(group.child(file, name));
    }

    private StoredRows table(StoredHeader group, String name, int columns, byte[] type)
        throws IOException {
      return new StoredRows(file, StoredDataset.of(group.child(file, name)), columns, type);
    }

    private long storedBytes(StoredDataset data) throws IOException {
      StoredIndex index = new StoredIndex(file, data);
      long bytes = 0;
      while (index.next()) {
        bytes += index.size();
      }
      return bytes;
    }

    private Rows rows() throws IOException {
      StoredRows numbers = table(detector, EntryNames.FRAME_NUMBER, 1, Datatype.UINT64);
      StoredRows times = table(detector, EntryNames.TIMESTAMP, 1, Datatype.INT64);
      StoredRows missing = table(entry, EntryNames.MISSING, 2, Datatype.UINT64);
      boolean hasOutages = entry.links().containsKey(EntryNames.OUTAGES);
      long outages = hasOutages ? table(entry, EntryNames.OUTAGES, 2, Datatype.UINT64).count() : 0;
      long first = -1;
      long firstNs = 0;
      long last = -1;
      long lastNs = 0;
      long missingFrames = 0;
      List<Gap> gaps = new ArrayList<>();
      boolean pending = missing.next();
      while (numbers.next() && times.next()) {
        // A gap lies behind the frame before it, of which the time is known.
        for (; pending && missing.get(0) < numbers.get(0); pending = missing.next()) {
          missingFrames += add(gaps, missing, last < 0 ? Optional.empty() : Optional.of(lastNs));
        }
        last = numbers.get(0);
        lastNs = times.get(0);
        if (first < 0) {
          first = last;
          firstNs = lastNs;
        }
      }
      for (; pending; pending = missing.next()) {
        missingFrames += add(gaps, missing, last < 0 ? Optional.empty() : Optional.of(lastNs));
      }
      return new Rows(
          numbers.count(),
          first,
          last,
          Math.max(last, endOfGaps),
          firstNs,
          lastNs,
          missingFrames,
          gaps,
          outages,
          new Unwanted(count(EntryNames.LATE), count(EntryNames.STRANGE)));
    }

    private long count(String attribute) throws IOException {
      return Math.max(0, texts.value(entry, attribute, Long.class).orElse(0L));
    }

    private long add(List<Gap> gaps, StoredRows missing, Optional<Long> afterNs) {
      if (gaps.size() < MOST_GAPS) {
        gaps.add(new Gap(missing.get(0), missing.get(1), afterNs));
      }
      endOfGaps = Math.max(endOfGaps, missing.get(0) + missing.get(1) - 1);
      return missing.get(1);
    }
  }
}
