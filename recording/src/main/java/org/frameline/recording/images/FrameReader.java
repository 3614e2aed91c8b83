package org.frameline.recording.images;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.Origin;
import org.frameline.recording.EntryNames;
import org.frameline.recording.stored.ReadChannel;

/**
 * The frames of one entry of a recording, or of any stack of images, with what the file says of
 * each. It shows what was there when it was opened: in a recording that is being written, the last
 * checkpoint. Memory does not depend on the size of the file.
 *
 * <p>Not thread-safe.
 */
public final class FrameReader implements Closeable {
  private final Path path;
  private final ReadChannel channel;
  private final HdfFile file;
  private final List<String> entries;
  private final String part;
  private final ImageStack images;
  private final Optional<Column> numbers;
  private final Optional<Column> timestamps;
  // Those of the recording that was sent again, where this is one of a replay.
  private final Optional<Column> firstNumbers;
  private final Optional<Column> firstTimestamps;
  private final Map<String, Object> stream;
  private final boolean isOwner;
  private final Optional<PlainFrames> plain;

  private FrameReader(Path path, ReadChannel channel, String wanted, boolean withRows)
      throws IOException {
    this.path = path;
    this.channel = channel;
    file = new HdfFile(channel);
    entries = withRows ? entries(file) : List.of();
    String entry = wanted == null && !entries.isEmpty() ? entries.get(0) : wanted;
    Dataset data = withRows ? find(entry) : StackSearch.find(file, entry);
    boolean isOurs = entry != null && entries.contains(entry);
    images = ImageStack.of(path, file, data, channel, !isOurs);
    part = entry == null ? data.getPath() : entry;
    Optional<Group> rows = withRows ? Optional.of(data.getParent()) : Optional.empty();
    numbers = column(rows, EntryNames.FRAME_NUMBER);
    timestamps = column(rows, EntryNames.TIMESTAMP);
    firstNumbers = column(rows, EntryNames.RECORDED_FRAME_NUMBER);
    firstTimestamps = column(rows, EntryNames.RECORDED_TIMESTAMP);
    stream = withRows ? stream(data) : Map.of();
    isOwner = true;
    plain = isOurs ? PlainFrames.of(channel, entry) : Optional.empty();
  }

  private FrameReader(FrameReader of) {
    path = of.path;
    channel = of.channel;
    file = of.file;
    entries = of.entries;
    part = of.part;
    images = of.images.another();
    numbers = of.numbers;
    timestamps = of.timestamps;
    firstNumbers = of.firstNumbers;
    firstTimestamps = of.firstTimestamps;
    stream = of.stream;
    isOwner = false;
    plain = of.plain;
  }

  /** The same frames for another thread. To be closed by it, and of use until this is closed. */
  public FrameReader another() {
    return new FrameReader(this);
  }

  private Optional<Column> column(Optional<Group> rows, String name) {
    return rows.flatMap(group -> Column.in(group, name, images.frames()));
  }

  /**
   * Opens frames.
   *
   * @param part {@code entry}, {@code entry_2} and so on of a recording; the path of a dataset,
   *     beginning with a slash; or null for the first entry, or in files of others the dataset that
   *     the file says to show, or the first with three or four dimensions
   * @throws IOException naming the file, what was expected and what is there
   */
  public static FrameReader open(Path path, String part) throws IOException {
    return open(path, part, true);
  }

  /** As {@link #open(Path, String)}, the first entry. */
  public static FrameReader open(Path path) throws IOException {
    return open(path, null);
  }

  /**
   * Opens images as they are, whatever stands beside them: they are numbered by their rows, and
   * have no times.
   *
   * @param dataset its path; null for the one that the file says to show, or the first with three
   *     or four dimensions
   * @throws IOException as above
   */
  public static FrameReader ofDataset(Path path, String dataset) throws IOException {
    return open(path, dataset, false);
  }

  private static FrameReader open(Path path, String part, boolean withRows) throws IOException {
    if (!Files.isReadable(path)) {
      throw new IOException(path + ": there is no such file, or it may not be read");
    }
    ReadChannel channel = Guard.open(path);
    boolean isOpened = false;
    try {
      FrameReader frames =
          Guard.read(path, channel, () -> new FrameReader(path, channel, part, withRows));
      isOpened = true;
      return frames;
    } finally {
      if (!isOpened) {
        channel.close();
      }
    }
  }

  /**
   * Names of the entries of a file, oldest first.
   *
   * @throws IOException naming the file and what is wrong
   */
  public static List<String> entries(Path path) throws IOException {
    try (ReadChannel channel = Guard.open(path)) {
      return Guard.read(
          path,
          channel,
          () -> {
            Map<String, Node> children = new HdfFile(channel).getChildren();
            return Stream.iterate(1, number -> number + 1)
                .map(EntryNames::entry)
                .takeWhile(children::containsKey)
                .toList();
          });
    }
  }

  /** Entries as we write them, oldest first. */
  private static List<String> entries(HdfFile file) {
    List<String> found = new ArrayList<>();
    for (int i = 1; ; i++) {
      String name = EntryNames.entry(i);
      if (!file.getChildren().containsKey(name)) {
        return found;
      }
      if (hasRows(file, name)) {
        found.add(name);
      }
    }
  }

  private static boolean hasRows(HdfFile file, String entry) {
    try {
      return file.getByPath(EntryNames.detector(entry)) instanceof Group detector
          && detector.getChildren().get(EntryNames.DATA) instanceof Dataset
          && Column.in(detector, EntryNames.FRAME_NUMBER, 0).isPresent();
    } catch (HdfException e) {
      // Somebody else's.
      return false;
    }
  }

  private Dataset find(String wanted) throws IOException {
    if (wanted == null || wanted.startsWith("/")) {
      return StackSearch.find(file, wanted);
    }
    if (entries.contains(wanted)) {
      return file.getDatasetByPath(EntryNames.detector(wanted) + "/" + EntryNames.DATA);
    }
    throw new IOException(
        "expected "
            + (entries.isEmpty()
                ? "the path of a dataset, such as /entry/data/data"
                : "one of " + String.join(", ", entries))
            + ", found \""
            + wanted
            + "\"");
  }

  private Map<String, Object> stream(Dataset data) {
    String entry = "/" + data.getPath().split("/", 3)[1];
    return file.getByPath(entry) instanceof Group group
            && group.getChildren().get(EntryNames.STREAM) instanceof Group fields
        ? StreamAttributes.of(fields)
        : Map.of();
  }

  /** All entries of this file, oldest first; none in a file of somebody else. */
  public List<String> entries() {
    return List.copyOf(entries);
  }

  /** Which entry or dataset this is. */
  public String part() {
    return part;
  }

  /** Whether the file was cut short, and these are the frames of an earlier checkpoint. */
  public boolean cutShort() {
    return channel.expectedBytes().isPresent();
  }

  /** How many frames there are. */
  public long frames() {
    return images.frames();
  }

  /** {@code [H,W]} or {@code [H,W,C]}. */
  public List<Integer> frameShape() {
    return images.frameShape();
  }

  /** Type of an element as numpy calls it, also where frames of it cannot be read. */
  public String typeName() {
    return images.typeName();
  }

  /**
   * The type of an element.
   *
   * @throws IOException when it is none that the wire knows
   */
  public ElementType type() throws IOException {
    return images.type();
  }

  /**
   * The header fields that were constant when it was recorded: String, Long, Double or Boolean.
   * Empty in a file of somebody else.
   */
  public Map<String, Object> stream() {
    return stream;
  }

  /**
   * Whether the entry was ended in order; not so while it is written, or after a crash.
   *
   * @throws IOException naming the file, when it cannot be read
   */
  public boolean isClosed() throws IOException {
    return Guard.read(
        path,
        channel,
        () -> {
          Attribute closed = entryAttribute(EntryNames.CLOSED);
          // A boolean is an enumeration in HDF5, of which jhdf gives the name.
          return closed != null && "TRUE".equals(String.valueOf(closed.getData()));
        });
  }

  private Attribute entryAttribute(String name) {
    return entries.contains(part) ? file.getByPath("/" + part).getAttribute(name) : null;
  }

  /** A text that was the same in all headers of this entry, empty when there is none. */
  public Optional<String> streamText(String name) {
    return stream.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A whole number that was the same in all headers of this entry, empty when there is none. */
  public OptionalLong streamNumber(String name) {
    return stream.get(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
  }

  /**
   * The number that a frame has here. A stack without numbers is numbered by its rows.
   *
   * @param index from 0 to {@link #frames}
   * @throws IOException naming the file and the row
   */
  public long frameNumber(long index) throws IOException {
    return at(numbers, index).orElse(index);
  }

  /**
   * When a frame was grabbed, UTC epoch nanoseconds; empty where the file has no times.
   *
   * @param index from 0 to {@link #frames}
   * @throws IOException naming the file and the row
   */
  public OptionalLong timestampNs(long index) throws IOException {
    return at(timestamps, index);
  }

  /**
   * Number and time of a frame. Where the file was itself recorded from a recording, those of the
   * first one. A stack without numbers is numbered by its rows; times may be unknown.
   *
   * @param index from 0 to {@link #frames}
   * @throws IOException naming the file and the row
   */
  public Origin origin(long index) throws IOException {
    boolean sentAgain = firstNumbers.isPresent() || firstTimestamps.isPresent();
    return new Origin(
        at(sentAgain ? firstNumbers : numbers, index).orElse(index),
        at(sentAgain ? firstTimestamps : timestamps, index).orElse(Origin.UNKNOWN));
  }

  private OptionalLong at(Optional<Column> column, long index) throws IOException {
    Objects.checkIndex(index, frames());
    try {
      return column.isPresent() ? OptionalLong.of(column.get().at(index)) : OptionalLong.empty();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw new IOException(
          path + ": cannot read number and time in row " + index + " of " + part + ": " + reason(e),
          e);
    }
  }

  /**
   * One frame, little-endian, in C order; read-only, and valid after closing too.
   *
   * @param index from 0 to {@link #frames}
   * @throws IOException naming the file, the frame and its row, when it cannot be read
   */
  public ByteBuffer frame(long index) throws IOException {
    try {
      return images.frame(index);
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw unreadable(index, e);
    }
  }

  private IOException unreadable(long index, Throwable e) throws IOException {
    return new IOException(
        String.format(
            "%s: cannot read frame %d, row %d of %s: %s",
            path, origin(index).frame(), index, part, reason(e)),
        e);
  }

  /**
   * As {@link #frame(long)}, in memory of the caller where the frame need only be read.
   *
   * @param memory for a frame at least; what is returned may be this, until it is used again
   */
  public ByteBuffer frame(long index, ByteBuffer memory) throws IOException {
    if (plain.isEmpty() || !plain.get().has(Objects.checkIndex(index, frames()))) {
      return frame(index);
    }
    try {
      plain.get().read(index, memory);
      return memory.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw unreadable(index, e);
    }
  }

  /** From now on other threads decompress frames that are likely to be asked for next. */
  public void readAhead() {
    images.readAhead();
  }

  private static String reason(Throwable e) {
    return Guard.line(e.getCause() == null ? e : e.getCause());
  }

  @Override
  public void close() throws IOException {
    images.close();
    if (isOwner) {
      // jhdf closes only files that it has opened.
      channel.close();
    }
  }
}
