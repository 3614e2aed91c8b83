package org.frameline.recording.images;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.HdfFilterException;
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
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private final Path file;
  private final Closeable owned;
  private final Dataset data;
  private final String typeName;
  private final ElementType type;
  private final ByteOrder order;
  private final List<Integer> frameShape;
  private final int frameBytes;
  private final StackChunks chunks;
  private final FileChannel channel;
  private final long contiguousAt;
  private final boolean holesMayBe;
  private final boolean isOwner;

  private ImageStack(Path file, HdfFile opened, Dataset data, Closeable owned, boolean holesMayBe)
      throws IOException {
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
    if (data instanceof ContiguousDataset contiguous) {
      contiguousAt = contiguous.getDataAddress() + opened.getUserBlockSize();
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } else {
      contiguousAt = -1;
      channel = null;
    }
    this.owned = owned;
    isOwner = true;
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
    channel = of.channel;
    owned = null;
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
    ReadChannel source = new ReadChannel(file);
    try {
      HdfFile opened = new HdfFile(source);
      ImageStack stack =
          new ImageStack(file, opened, StackSearch.find(opened, dataset), source, true);
      source = null;
      return stack;
    } catch (HdfFilterException e) {
      throw ChunkFilters.unknown(file, e);
    } catch (HdfException | ArithmeticException e) {
      String reason = source.explain("is no HDF5 file that can be read: " + e.getMessage());
      throw new IOException(file + ": " + reason, e);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    } finally {
      if (source != null) {
        source.close();
      }
    }
  }

  /** A dataset of a file that the caller has opened and closes. */
  static ImageStack of(Path path, HdfFile file, Dataset dataset) throws IOException {
    return of(path, file, dataset, false);
  }

  /**
   * The same of a file that somebody else may have written.
   *
   * @param holesMayBe whether images may never have been written, which then have the fill value
   */
  static ImageStack of(Path path, HdfFile file, Dataset dataset, boolean holesMayBe)
      throws IOException {
    return new ImageStack(path, file, dataset, null, holesMayBe);
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

  /** Names of the filters, as {@code none} or {@code shuffle, deflate}. */
  public String filters() {
    List<PipelineFilterWithData> filters = data.getFilters();
    return filters.isEmpty()
        ? "none"
        : filters.stream().map(PipelineFilterWithData::getName).collect(Collectors.joining(", "));
  }

  /** How much space the images take in the file. */
  public long storedBytes() {
    return data.isEmpty() ? 0 : data.getStorageInBytes();
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
    try {
      ByteBuffer frame = chunks == null ? contiguous(index) : chunks.frame((int) index, frameBytes);
      return (order == ByteOrder.LITTLE_ENDIAN || type.bytes() == 1 ? frame : swapped(frame))
          .asReadOnlyBuffer()
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (HdfException e) {
      throw new IOException(file + ": cannot read frame " + index + ": " + e.getMessage(), e);
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
    if (channel != null && !isWritten && holesMayBe) {
      return FillValue.repeated(data, frameBytes);
    }
    if (channel == null || !isWritten) {
      throw new IOException(
          file + ": " + dataset() + ": expected images, contiguous or in chunks, found none");
    }
    ByteBuffer frame = ByteBuffer.allocate(frameBytes);
    long at = contiguousAt + index * frameBytes;
    while (frame.hasRemaining()) {
      int read = channel.read(frame, at + frame.position());
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
    if (channel != null && isOwner) {
      channel.close();
    }
    if (owned != null) {
      owned.close();
    }
  }
}
