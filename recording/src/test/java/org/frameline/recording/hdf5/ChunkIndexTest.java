package org.frameline.recording.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.dataset.chunked.ChunkedDatasetBase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.frameline.recording.Reader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The index alone, with chunks of a single number, so that trees grow deep. */
class ChunkIndexTest {

  private static final int UNFILTERED = 10;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1,512,300000", "2,512,120000", "3,2048,120000", "4,2048,300000"})
  void readersFindEachOfManyChunks(int dimensions, int nodeBytes, int chunks) throws Exception {
    Path file = folder.resolve("many.h5");
    write(file, dimensions, nodeBytes, chunks, 997);
    String sum =
        Reader.h5py(
            file,
            """
            with h5py.File(path, "r") as f:
                values = f["data"][...].ravel()
                assert np.array_equal(values, np.arange(len(values)) + 7), values
                print(len(values))
            """);
    assertThat(sum).isEqualTo(Integer.toString(chunks));
    try (HdfFile hdf = new HdfFile(file)) {
      ChunkedDatasetBase data = (ChunkedDatasetBase) hdf.getDatasetByPath("/data");
      assertThat(data.getStorageInBytes()).isEqualTo(8L * chunks);
      int[] offset = new int[dimensions];
      for (int chunk = 0; chunk < chunks; chunk += 1001) {
        offset[0] = chunk;
        ByteBuffer raw = data.getRawChunkBuffer(offset).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(raw.getLong(0)).isEqualTo(chunk + 7L);
      }
    }
  }

  @Test
  void anIndexIsRightAtEverySizeAroundFullNodes() throws Exception {
    IndexGeometry geometry = IndexGeometry.of(512, 16);
    int leaf = geometry.maxRecords(0);
    int twoLevels = leaf * geometry.maxRecords(1);
    List<Integer> sizes = new ArrayList<>(IntStream.rangeClosed(1, 2 * leaf + 2).boxed().toList());
    IntStream.rangeClosed(twoLevels - leaf - 2, twoLevels + leaf + 2).forEach(sizes::add);
    Path list = folder.resolve("sizes");
    for (int size : sizes) {
      write(list.resolveSibling(size + ".h5"), 1, 512, size, 20 + size % 50);
    }
    String checked =
        Reader.h5py(
            folder,
            """
            import glob, os
            for name in glob.glob(path + "/*.h5"):
                with h5py.File(name, "r") as f:
                    n = int(os.path.basename(name)[:-3])
                    assert np.array_equal(f["data"][:], np.arange(n) + 7), n
            print(len(glob.glob(path + "/*.h5")))
            """);
    assertThat(checked).isEqualTo(Integer.toString(sizes.size()));
  }

  @Test
  void metadataGrowsWithTheLengthAndNotWithItsSquare() {
    long first = indexBytes(20_000, 60);
    long tenTimes = indexBytes(200_000, 60);
    assertThat(tenTimes).isLessThan(12 * first);
    long pixelBytes = 200_000L * 640 * 480 * 3;
    assertThat(tenTimes).isLessThan(pixelBytes / 1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 32, 40, 48, 56, 33, 41, 49, 57})
  void nodesStaySmallForEveryRecordSize(int recordBytes) {
    assertThat(IndexGeometry.of(512, recordBytes).nodeBytes()).isLessThanOrEqualTo(2048);
    assertThat(IndexGeometry.of(2048, recordBytes).nodeBytes()).isLessThanOrEqualTo(4096);
  }

  private static long indexBytes(int chunks, int chunksPerCheckpoint) {
    ChunkIndex index = new ChunkIndex(UNFILTERED, IndexGeometry.of(2048, 40));
    long bytes = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      index.append(new byte[40]);
      if (chunk % chunksPerCheckpoint == 0) {
        MetadataImage image = new MetadataImage(0);
        index.place(image);
        index.settle();
        bytes += image.end();
      }
    }
    return bytes;
  }

  /** A dataset of chunks of one number each, with a checkpoint of the index now and then. */
  private static void write(
      Path path, int dimensions, int nodeBytes, int chunks, int chunksPerCheckpoint)
      throws IOException {
    ChunkIndex index = new ChunkIndex(UNFILTERED, IndexGeometry.of(nodeBytes, 8 + 8 * dimensions));
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer numbers = ByteBuffer.allocate(8 * chunks).order(ByteOrder.LITTLE_ENDIAN);
      IntStream.range(0, chunks).forEach(i -> numbers.putLong(i + 7));
      long first = Superblock.BYTES;
      file.write(numbers.flip(), first);
      for (int chunk = 0; chunk < chunks; chunk++) {
        Bytes coordinates = new Bytes().sized(chunk, 8).raw(new byte[8 * (dimensions - 1)]);
        if (chunk % 3 == 0) {
          index.append(new byte[8 + 8 * dimensions]);
          index.replaceLast(chunkRecord(first + 8L * chunk, coordinates));
        } else {
          index.append(chunkRecord(first + 8L * chunk, coordinates));
        }
        if (chunk % chunksPerCheckpoint == 0) {
          placeIndex(file, index, chunk % 2 == 0);
        }
      }
      finish(file, index, dimensions, chunks);
    }
  }

  private static MetadataImage imageAtEnd(FileChannel file) throws IOException {
    return new MetadataImage((file.size() + 7) / 8 * 8);
  }

  private static byte[] chunkRecord(long address, Bytes coordinates) {
    return new Bytes().u64(address).raw(coordinates.toArray()).toArray();
  }

  private static void placeIndex(FileChannel file, ChunkIndex index, boolean succeeds)
      throws IOException {
    MetadataImage image = imageAtEnd(file);
    index.place(image);
    file.write(image.content(), image.base());
    if (succeeds) {
      index.settle();
    }
  }

  private static void finish(FileChannel file, ChunkIndex index, int dimensions, long chunks)
      throws IOException {
    MetadataImage image = imageAtEnd(file);
    int[] chunk = new int[dimensions];
    Arrays.fill(chunk, 1);
    long[] space = new long[dimensions];
    Arrays.fill(space, 1);
    space[0] = chunks;
    HeaderMessage layout =
        HeaderMessage.chunkedLayout(chunk, 8, index.nodeBytes(), index.place(image));
    byte[] header = ObjectHeaders.of(HeaderMessage.growing(space), Datatype.UINT64, layout);
    HeaderMessage link = HeaderMessage.link("data", image.place(header));
    long root = image.place(ObjectHeaders.group(link));
    // Nothing here is about the disk, so nothing waits for it.
    file.write(image.content(), image.base());
    file.write(new Superblock(image.end(), root).encode(), 0);
  }
}
