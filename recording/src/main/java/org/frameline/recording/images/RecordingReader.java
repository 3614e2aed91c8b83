package org.frameline.recording.images;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.frameline.protocol.ElementType;
import org.frameline.recording.EntryNames;
import org.frameline.recording.stored.ReadChannel;
import org.frameline.recording.write.RecordingWriter;

/**
 * Reads one entry of a file that {@link RecordingWriter} has written or is writing: what was there
 * at the last checkpoint before it was opened.
 *
 * <p>Not thread-safe.
 */
public final class RecordingReader implements Closeable {

  private final ReadChannel source;
  private final HdfFile file;
  private final String entryPath;
  private final String streamPath;
  private final ImageStack images;
  private final ElementType type;
  private final long[] frameNumbers;
  private final long[] timestampsNs;

  private RecordingReader(Path path, ReadChannel source, String entry) throws IOException {
    this.source = source;
    file = new HdfFile(source);
    if (!file.getChildren().containsKey(entry)) {
      throw new IOException(
          path + ": expected an entry " + entry + ", found " + file.getChildren().keySet());
    }
    String detector = EntryNames.detector(entry) + "/";
    entryPath = "/" + entry;
    streamPath = entryPath + "/" + EntryNames.STREAM;
    images = ImageStack.of(path, file, file.getDatasetByPath(detector + EntryNames.DATA));
    type = images.type();
    int rows = Math.toIntExact(images.frames());
    frameNumbers = column(file.getDatasetByPath(detector + EntryNames.FRAME_NUMBER), rows);
    timestampsNs = column(file.getDatasetByPath(detector + EntryNames.TIMESTAMP), rows);
  }

  /**
   * Opens the first entry.
   *
   * @throws IOException naming the file and what is wrong
   */
  public static RecordingReader open(Path path) throws IOException {
    return open(path, EntryNames.FIRST);
  }

  /**
   * Opens an entry.
   *
   * @param entry {@code entry}, {@code entry_2} and so on
   * @throws IOException naming the file and what is wrong
   */
  public static RecordingReader open(Path path, String entry) throws IOException {
    if (!Files.isReadable(path)) {
      throw new IOException(path + ": there is no such file, or it may not be read");
    }
    ReadChannel source = new ReadChannel(path);
    try {
      RecordingReader reader = new RecordingReader(path, source, entry);
      source = null;
      return reader;
    } catch (HdfException e) {
      String reason = source.explain("is not a recording: " + e.getMessage());
      throw new IOException(path + ": " + reason, e);
    } finally {
      if (source != null) {
        source.close();
      }
    }
  }

  /**
   * Names of the entries of a file, oldest first.
   *
   * @throws IOException naming the file and what is wrong
   */
  public static List<String> entries(Path path) throws IOException {
    try (HdfFile file = new HdfFile(path)) {
      List<String> names = new ArrayList<>();
      for (int i = 1; file.getChildren().containsKey(EntryNames.entry(i)); i++) {
        names.add(EntryNames.entry(i));
      }
      return names;
    } catch (HdfException e) {
      throw new IOException(path + ": is not a recording: " + e.getMessage(), e);
    }
  }

  /** A text that was the same in all headers of this entry, null when there is none. */
  public String streamText(String name) {
    Attribute attribute = file.getByPath(streamPath).getAttribute(name);
    return attribute != null && attribute.getData() instanceof String text ? text : null;
  }

  /** A whole number that was the same in all headers of this entry, empty when there is none. */
  public OptionalLong streamNumber(String name) {
    Attribute attribute = file.getByPath(streamPath).getAttribute(name);
    return attribute != null && attribute.getData() instanceof Number number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  /** Whether the entry was ended in order; not so while it is written, or after a crash. */
  public boolean isClosed() {
    Attribute attribute = file.getByPath(entryPath).getAttribute(EntryNames.CLOSED);
    // A boolean is an enumeration in HDF5, of which jhdf gives the name.
    return attribute != null && "TRUE".equals(String.valueOf(attribute.getData()));
  }

  /** Whether the file was cut short, and these are the frames of an earlier checkpoint. */
  public boolean cutShort() {
    return source.expectedBytes().isPresent();
  }

  /** How many frames there are. */
  public long frames() {
    return frameNumbers.length;
  }

  /** Shape of one frame: {@code [H,W,3]}, {@code [H,W]} or {@code [C,H,W/2+1]}. */
  public List<Integer> frameShape() {
    return images.frameShape();
  }

  public ElementType type() {
    return type;
  }

  /**
   * The number that the publisher gave to a frame.
   *
   * @param index from 0 to {@link #frames}, without holes
   */
  public long frameNumber(long index) {
    return frameNumbers[Math.toIntExact(Objects.checkIndex(index, frames()))];
  }

  /** When a frame was grabbed, UTC epoch nanoseconds. */
  public long timestampNs(long index) {
    return timestampsNs[Math.toIntExact(Objects.checkIndex(index, frames()))];
  }

  /**
   * One frame, little-endian, in C order; read-only, and valid after closing too.
   *
   * @param index from 0 to {@link #frames}
   * @throws IOException when the chunk is not there or cannot be decompressed
   */
  public ByteBuffer frame(long index) throws IOException {
    return images.frame(index);
  }

  /** From now on other threads decompress frames that are likely to be asked for next. */
  public void readAhead() {
    images.readAhead();
  }

  /** A column of 8-byte integers, by chunks: jhdf would give unsigned ones as objects. */
  private static long[] column(Dataset dataset, int rows) throws IOException {
    if (!(dataset instanceof ChunkedDataset chunked) || dataset.getDataType().getSize() != 8) {
      throw new IOException(dataset.getPath() + ": expected chunks of 8-byte integers");
    }
    ChunkFilters chunks = new ChunkFilters(chunked);
    int rowsPerChunk = chunked.getChunkDimensions()[0];
    long[] column = new long[rows];
    for (int first = 0; first < rows; first += rowsPerChunk) {
      ByteBuffer chunk = chunks.chunk(new int[] {first});
      int count = Math.min(rowsPerChunk, rows - first);
      chunk.slice().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(column, first, count);
    }
    return column;
  }

  @Override
  public void close() throws IOException {
    images.close();
    // jhdf closes only files that it has opened.
    source.close();
  }
}
