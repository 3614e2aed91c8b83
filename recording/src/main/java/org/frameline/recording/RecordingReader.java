package org.frameline.recording;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.frameline.protocol.ElementType;

/**
 * Reads one entry of a file that {@link RecordingWriter} has written or is writing: what was there
 * at the last checkpoint before it was opened. Frames are read by whole chunks, because jhdf's own
 * {@code getData} widens every pixel.
 *
 * <p>Not thread-safe.
 */
public final class RecordingReader implements Closeable {

  private static final String FIRST_ENTRY = "entry";

  private final Path path;
  private final HdfFile file;
  private final String entryPath;
  private final String streamPath;
  private final ChunkedDataset data;
  private final ElementType type;
  private final List<Integer> frameShape;
  private final int frameBytes;
  private final int framesPerChunk;
  private final boolean filtered;
  private final long[] frameNumbers;
  private final long[] timestampsNs;
  private ByteBuffer chunk;
  private long chunkNumber = -1;

  private RecordingReader(Path path, HdfFile file, String entry) throws IOException {
    this.path = path;
    this.file = file;
    String detector = "/" + entry + "/instrument/detector/";
    entryPath = "/" + entry;
    streamPath = entryPath + "/stream";
    if (!(file.getByPath(detector + "data") instanceof ChunkedDataset chunked)) {
      throw new IOException(path + ": expected chunks at " + detector + "data");
    }
    data = chunked;
    type = typeOf(chunked.getDataType());
    int[] shape = chunked.getDimensions();
    frameShape = Arrays.stream(shape).skip(1).boxed().toList();
    frameBytes = frameShape.stream().reduce(type.bytes(), Math::multiplyExact);
    framesPerChunk = chunked.getChunkDimensions()[0];
    filtered = !chunked.getFilters().isEmpty();
    frameNumbers = column(file.getDatasetByPath(detector + "frame_number"), shape[0]);
    timestampsNs = column(file.getDatasetByPath(detector + "timestamp_ns"), shape[0]);
  }

  /**
   * Opens the first entry.
   *
   * @throws IOException naming the file and what is wrong
   */
  public static RecordingReader open(Path path) throws IOException {
    return open(path, FIRST_ENTRY);
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
    HdfFile file = null;
    try {
      file = new HdfFile(path);
      RecordingReader reader = new RecordingReader(path, file, entry);
      file = null;
      return reader;
    } catch (HdfException e) {
      throw new IOException(path + ": is not a recording: " + e.getMessage(), e);
    } finally {
      if (file != null) {
        file.close();
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
      for (int i = 1; file.getChildren().containsKey(entryName(i)); i++) {
        names.add(entryName(i));
      }
      return names;
    } catch (HdfException e) {
      throw new IOException(path + ": is not a recording: " + e.getMessage(), e);
    }
  }

  private static String entryName(int number) {
    return number == 1 ? FIRST_ENTRY : FIRST_ENTRY + "_" + number;
  }

  /** A text that was the same in all headers of this entry, null when there is none. */
  public String streamText(String name) {
    Attribute attribute = file.getByPath(streamPath).getAttribute(name);
    return attribute != null && attribute.getData() instanceof String text ? text : null;
  }

  /** Whether the entry was ended in order; not so while it is written, or after a crash. */
  public boolean isClosed() {
    Attribute attribute = file.getByPath(entryPath).getAttribute(EntryWriter.CLOSED);
    // A boolean is an enumeration in HDF5, of which jhdf gives the name.
    return attribute != null && "TRUE".equals(String.valueOf(attribute.getData()));
  }

  /** How many frames there are. */
  public long frames() {
    return frameNumbers.length;
  }

  /** Shape of one frame: {@code [H,W,3]}, {@code [H,W]} or {@code [C,H,W/2+1]}. */
  public List<Integer> frameShape() {
    return frameShape;
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
    Objects.checkIndex(index, frames());
    long wanted = index / framesPerChunk;
    try {
      if (wanted != chunkNumber) {
        chunk = chunk(wanted);
        chunkNumber = wanted;
      }
    } catch (HdfException e) {
      throw new IOException(path + ": cannot read frame " + index + ": " + e.getMessage(), e);
    }
    int offset = Math.toIntExact(index % framesPerChunk) * frameBytes;
    return chunk.slice(offset, frameBytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer chunk(long number) {
    int[] offset = new int[1 + frameShape.size()];
    offset[0] = Math.toIntExact(number * framesPerChunk);
    // Only the raw chunk is mapped; decompressing copies it, even where there is nothing to do.
    return filtered
        ? ByteBuffer.wrap(data.getDecompressedChunk(offset))
        : data.getRawChunkBuffer(offset);
  }

  /** A column of 8-byte integers; jhdf gives unsigned ones as objects. */
  private static long[] column(Dataset dataset, int rows) {
    if (rows == 0) {
      return new long[0];
    }
    Object values = dataset.getData();
    return values instanceof long[] numbers
        ? numbers
        : Arrays.stream((Number[]) values).mapToLong(Number::longValue).toArray();
  }

  private static ElementType typeOf(DataType stored) {
    String kind =
        stored instanceof FixedPoint integer && !integer.isSigned()
            ? "uint"
            : stored instanceof FloatingPoint
                ? "float"
                : stored instanceof CompoundDataType ? "complex" : "unknown ";
    try {
      return ElementType.ofWireName(kind + Byte.SIZE * stored.getSize());
    } catch (IllegalArgumentException e) {
      throw new HdfException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
