package org.frameline.recording.images;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.filter.PipelineFilterWithData;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.frameline.protocol.ElementType;
import org.frameline.recording.stored.ReadChannel;

/**
 * A stack of images in an HDF5 file, whoever wrote it: a dataset {@code [N,H,W]} or {@code
 * [N,H,W,C]}, contiguous or in chunks of any shape. Memory does not depend on its size. Frames are
 * read by chunk or by position, because jhdf's own {@code getData} widens every pixel.
 *
 * <p>Not thread-safe.
 */
public final class ImageStack implements Closeable {
  private static final long NOT_CONTIGUOUS = Long.MIN_VALUE;

  private final Path file;
  private final ReadChannel source;
  private final boolean isOwner;
  private final Dataset data;
  private final String typeName;
  private final ElementType type;
  private final ByteOrder order;
  private final List<Integer> frameShape;
  private final int frameBytes;
  private final StackChunks chunks;
  private final long contiguousAt;
  private final boolean holesMayBe;

  private ImageStack(
      Path file,
      HdfFile opened,
      Dataset data,
      ReadChannel source,
      boolean holesMayBe,
      boolean isOwner) {
    this.file = file;
    this.data = data;
    this.holesMayBe = holesMayBe;
    DataType stored = data.getDataType();
    typeName = nameOf(stored);
    type = knownOrNull(typeName);
    order = orderOf(stored);
    frameShape = Arrays.stream(data.getDimensions()).skip(1).boxed().toList();
    frameBytes = frameShape.stream().reduce(stored.getSize(), Math::multiplyExact);
    chunks = data instanceof ChunkedDataset chunked ? new StackChunks(chunked, holesMayBe) : null;
    contiguousAt =
        data instanceof ContiguousDataset contiguous
            ? contiguous.getDataAddress() + opened.getUserBlockSize()
            : NOT_CONTIGUOUS;
    this.source = source;
    this.isOwner = isOwner;
  }

  private ImageStack(ImageStack of) {
    file = of.file;
    data = of.data;
    holesMayBe = of.holesMayBe;
    typeName = of.typeName;
    type = of.type;
    order = of.order;
    frameShape = of.frameShape;
    frameBytes = of.frameBytes;
    chunks = of.chunks == null ? null : of.chunks.another();
    contiguousAt = of.contiguousAt;
    source = of.source;
    isOwner = false;
  }

  /**
   * The same images for another thread, with a memory of its own for chunks. To be closed by it,
   * and of use until this is closed.
   */
  ImageStack another() {
    return new ImageStack(this);
  }

  /**
   * Opens a stack.
   *
   * @param dataset its path in the file; null for the one that the file says to show, or the first
   *     with three or four dimensions
   * @throws IOException naming the file, what was expected and what is there
   */
  public static ImageStack open(Path file, String dataset) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(file + ": there is no such file, or it may not be read");
    }
    boolean isOpened = false;
    ReadChannel source = Guard.open(file);
    try {
      ImageStack stack =
          Guard.read(
              file,
              source,
              () -> {
                HdfFile opened = new HdfFile(source);
                Dataset found = StackSearch.find(opened, dataset);
                return new ImageStack(file, opened, found, source, true, true);
              });
      // It closes what is its own.
      isOpened = true;
      return stack;
    } finally {
      if (!isOpened) {
        source.close();
      }
    }
  }

  /**
   * A dataset of a file that the caller has opened and closes, and that somebody else may have
   * written.
   *
   * @param holesMayBe whether images may never have been written, which then have the fill value
   */
  static ImageStack of(
      Path path, HdfFile file, Dataset dataset, ReadChannel source, boolean holesMayBe) {
    return new ImageStack(path, file, dataset, source, holesMayBe, false);
  }

  /** As numpy calls it, where numpy has it. */
  private static String nameOf(DataType stored) {
    int bits = Byte.SIZE * stored.getSize();
    if (stored instanceof FixedPoint integer) {
      return (integer.isSigned() ? "int" : "uint") + bits;
    }
    if (stored instanceof FloatingPoint) {
      return "float" + bits;
    }
    boolean isComplex =
        stored instanceof CompoundDataType compound
            && compound.getMembers().size() == 2
            && compound.getMembers().stream()
                .allMatch(member -> member.getDataType() instanceof FloatingPoint);
    return isComplex
        ? "complex" + bits
        : stored.getClass().getSimpleName() + " of " + bits + " bits";
  }

  private static ByteOrder orderOf(DataType stored) {
    if (stored instanceof CompoundDataType compound) {
      return orderOf(compound.getMembers().get(0).getDataType());
    }
    return stored instanceof OrderedDataType it ? it.getByteOrder() : ByteOrder.LITTLE_ENDIAN;
  }

  private static ElementType knownOrNull(String name) {
    try {
      return ElementType.ofWireName(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Where it is in the file. */
  public String dataset() {
    return data.getPath();
  }

  /** How many images there are. */
  public long frames() {
    return data.getDimensions()[0];
  }

  /** {@code [H,W]}, {@code [H,W,C]}, or in a file of spectra {@code [C,H,W/2+1]}. */
  public List<Integer> frameShape() {
    return frameShape;
  }

  /** The type of an element in words, also where frames of it cannot be read. */
  public String typeName() {
    return typeName;
  }

  /**
   * The type of an element.
   *
   * @throws IOException when it is none that the wire knows
   */
  public ElementType type() throws IOException {
    if (type == null) {
      throw new IOException(
          file
              + ": "
              + dataset()
              + ": expected "
              + Arrays.stream(ElementType.values())
                  .map(ElementType::wireName)
                  .collect(Collectors.joining(", "))
              + ", found "
              + typeName);
    }
    return type;
  }

  /**
   * Names of the filters, as {@code none} or {@code shuffle, deflate}.
   *
   * @throws IOException naming the file, when it does not say
   */
  public String filters() throws IOException {
    List<PipelineFilterWithData> filters = Guard.read(file, source, data::getFilters);
    return filters.isEmpty()
        ? "none"
        : filters.stream().map(PipelineFilterWithData::getName).collect(Collectors.joining(", "));
  }

  /**
   * How much space the images take in the file.
   *
   * @throws IOException naming the file, when it does not say
   */
  public long storedBytes() throws IOException {
    return Guard.read(file, source, () -> data.isEmpty() ? 0L : data.getStorageInBytes());
  }

  /** Size of one image in bytes. */
  public int frameBytes() {
    return frameBytes;
  }

  /**
   * One image, little-endian, in C order; read-only, and valid after closing too.
   *
   * @param index from 0 to {@link #frames}
   * @throws IOException when it cannot be read, or its elements are of a type that the wire does
   *     not know
   */
  public ByteBuffer frame(long index) throws IOException {
    Objects.checkIndex(index, frames());
    type();
    Guard.requireRoom(dataset() + ": frames", frameBytes);
    try {
      ByteBuffer frame = chunks == null ? contiguous(index) : chunks.frame((int) index, frameBytes);
      return (order == ByteOrder.LITTLE_ENDIAN || type.bytes() == 1 ? frame : swapped(frame))
          .asReadOnlyBuffer()
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw new IOException(file + ": cannot read frame " + index + ": " + Guard.line(e), e);
    }
  }

  /**
   * From now on other threads decompress chunks of images that are likely to be asked for next.
   * Without compression nothing changes.
   */
  public void readAhead() {
    if (chunks != null) {
      chunks.readAhead();
    }
  }

  private ByteBuffer contiguous(long index) throws IOException {
    boolean isWritten = !data.isEmpty();
    if (contiguousAt != NOT_CONTIGUOUS && !isWritten && holesMayBe) {
      return FillValue.repeated(data, frameBytes);
    }
    if (contiguousAt == NOT_CONTIGUOUS || !isWritten) {
      throw new IOException(
          file + ": " + dataset() + ": expected images, contiguous or in chunks, found none");
    }
    ByteBuffer frame = ByteBuffer.allocate(frameBytes);
    long at = contiguousAt + index * frameBytes;
    while (frame.hasRemaining()) {
      int read = source.read(frame, at + frame.position());
      if (read < 0) {
        throw new IOException(file + ": cannot read frame " + index + ": the file is cut short");
      }
    }
    return frame.flip();
  }

  private ByteBuffer swapped(ByteBuffer stored) {
    int width =
        type == ElementType.COMPLEX64 || type == ElementType.COMPLEX128
            ? type.bytes() / 2
            : type.bytes();
    ByteBuffer swapped = ByteBuffer.allocate(stored.remaining());
    for (int at = 0; at < stored.remaining(); at += width) {
      for (int i = 0; i < width; i++) {
        swapped.put(at + i, stored.get(stored.position() + at + width - 1 - i));
      }
    }
    return swapped;
  }

  @Override
  public void close() throws IOException {
    if (chunks != null) {
      chunks.close();
    }
    if (isOwner) {
      source.close();
    }
  }
}
