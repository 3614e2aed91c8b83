package org.frameline.recording.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.write.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ReadAheadTest {
  private static final EntryDescription SMALL = Frames.entry(ElementType.UINT8, 40, 60, 3);
  private static final EntryDescription LARGE = Frames.entry(ElementType.UINT16, 700, 800);
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path folder;

  private Path write(EntryDescription entry, Checksum checksum, int frames) throws IOException {
    Path file = folder.resolve("r.h5");
    RecordingOptions options =
        new RecordingOptions(
            file, ExistingFile.OVERWRITE, Compression.GZIP, checksum, Duration.ofHours(1), 2);
    try (RecordingWriter writer = RecordingWriter.open(options, entry)) {
      for (int number = 0; number < frames; number++) {
        Frames.append(writer, entry, number);
      }
    }
    return file;
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("recording-read"))
        .count();
  }

  private static void awaitNoThread() {
    await().atMost(Duration.ofSeconds(20)).until(() -> threads() == 0);
  }

  @Test
  void framesAreTheSameInWhateverOrderTheyAreAskedFor() throws Exception {
    for (EntryDescription entry : List.of(SMALL, LARGE)) {
      Path file = write(entry, Checksum.FLETCHER32, 23);
      try (FrameReader frames = FrameReader.open(file, null)) {
        frames.readAhead();
        List<Integer> order = new ArrayList<>();
        for (int step : new int[] {1, 2, 5, 1}) {
          for (int index = 0; index < 23; index += step) {
            order.add(index);
          }
        }
        order.addAll(List.of(22, 21, 20, 3, 17, 3, 4, 5, 6, 22, 0));
        for (int index : order) {
          assertThat(frames.frame(index)).as("%d", index).isEqualTo(Frames.frame(entry, index));
        }
      }
    }
    awaitNoThread();
  }

  /** What is said of each frame, null where it is read. */
  private static List<String> said(Path file, boolean ahead) throws IOException {
    List<String> said = new ArrayList<>();
    try (FrameReader frames = FrameReader.open(file, null)) {
      if (ahead) {
        frames.readAhead();
      }
      for (int index = 0; index < frames.frames(); index++) {
        try {
          frames.frame(index);
          said.add(null);
        } catch (IOException e) {
          said.add(e.getMessage());
        }
      }
    }
    return said;
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "FLETCHER32"})
  void aDamagedChunkIsToldAtItsFrameInTheSameWords(String checksum) throws Exception {
    Path file = write(LARGE, Checksum.valueOf(checksum), 12);
    Reader.h5py(
        file,
        """
        with h5py.File(path) as f:
            info = f["entry/data/data"].id.get_chunk_info_by_coord((7, 0, 0))
        with open(path, "r+b") as f:
            f.seek(info.byte_offset + 100)
            f.write(bytes(1000))
        """);
    List<String> said = said(file, true);
    assertThat(said).isEqualTo(said(file, false));
    assertThat(said.get(7)).contains("cannot read frame 7, row 7");
    said.remove(7);
    assertThat(said).containsOnlyNulls();
    awaitNoThread();
  }

  @Test
  void aFileThatIsCutShortMeanwhileIsToldAtItsFrame() throws Exception {
    Path file = write(LARGE, Checksum.NONE, 30);
    try (ImageStack frames = ImageStack.open(file, null)) {
      frames.readAhead();
      frames.frame(0);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(4096);
      }
      assertThatThrownBy(
              () -> {
                for (int index = 1; index < 30; index++) {
                  frames.frame(index);
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot read frame");
    }
    awaitNoThread();
  }

  @Test
  void closedInTheMiddleItLeavesNoThread() throws Exception {
    Path file = write(LARGE, Checksum.NONE, 30);
    for (int round = 0; round < 5; round++) {
      try (FrameReader frames = FrameReader.open(file, null)) {
        frames.readAhead();
        frames.frame(0);
        assertThat(threads()).isPositive();
      }
      awaitNoThread();
    }
  }

  @Test
  void withoutCompressionThereAreNoThreads() throws Exception {
    Path file = folder.resolve("plain.h5");
    try (RecordingWriter writer =
        RecordingWriter.open(Frames.quiet(file, Compression.NONE), LARGE)) {
      for (int number = 0; number < 5; number++) {
        Frames.append(writer, LARGE, number);
      }
    }
    try (FrameReader frames = FrameReader.open(file, null)) {
      frames.readAhead();
      for (int index = 0; index < 5; index++) {
        frames.frame(index);
      }
      assertThat(threads()).isZero();
    }
  }

  @Test
  void chunksAreReadOnceAndAheadAndInMemoryOnlyForAWhile() {
    AtomicInteger reads = new AtomicInteger();
    Set<Long> readers = ConcurrentHashMap.newKeySet();
    try (ChunkCache cache =
        new ChunkCache(
            offset -> {
              reads.incrementAndGet();
              readers.add(Thread.currentThread().getId());
              return ByteBuffer.allocate(4).putInt(0, offset[0]);
            },
            8 * MEGABYTE,
            1)) {
      assertThat(cache.mostAhead()).isEqualTo(2);
      for (int chunk = 0; chunk < 20; chunk++) {
        cache.expect(new int[] {chunk});
        cache.expect(new int[] {chunk + 1});
        assertThat(cache.get(new int[] {chunk}).getInt(0)).isEqualTo(chunk);
      }
      assertThat(cache.get(new int[] {20}).getInt(0)).isEqualTo(20);
      assertThat(reads).hasValue(21);
      assertThat(readers).doesNotContain(Thread.currentThread().getId());
      // Two were used, and two may be expected: 17 to 20.
      cache.get(new int[] {17});
      assertThat(reads).hasValue(21);
      cache.get(new int[] {0});
      assertThat(reads).hasValue(22);
    }
    awaitNoThread();
  }

  @Test
  void largeChunksAreNotReadAhead() {
    try (ChunkCache cache = new ChunkCache(offset -> ByteBuffer.allocate(1), 17 * MEGABYTE, 1)) {
      assertThat(cache.mostAhead()).isZero();
    }
    try (ChunkCache cache = new ChunkCache(offset -> ByteBuffer.allocate(1), 1000, 1)) {
      assertThat(cache.mostAhead()).isEqualTo(2 * ChunkCache.threads());
    }
    try (ChunkCache cache = new ChunkCache(offset -> ByteBuffer.allocate(1), 1000, 6)) {
      assertThat(cache.mostAhead()).isEqualTo(12 * ChunkCache.threads());
    }
  }

  @Test
  void whatIsNotAskedForIsNotBegunOnceItIsClosed() throws Exception {
    CountDownLatch begun = new CountDownLatch(ChunkCache.threads());
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger reads = new AtomicInteger();
    ChunkCache cache =
        new ChunkCache(
            offset -> {
              begun.countDown();
              try {
                assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              reads.incrementAndGet();
              return ByteBuffer.allocate(1);
            },
            1000,
            1);
    for (int chunk = 0; chunk < 10 * ChunkCache.threads(); chunk++) {
      cache.expect(new int[] {chunk});
    }
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    Thread closer = new Thread(cache::close);
    closer.start();
    await().atMost(Duration.ofSeconds(20)).until(() -> closer.getState() == Thread.State.WAITING);
    go.countDown();
    awaitNoThread();
    closer.join(20_000);
    assertThat(reads).hasValue(ChunkCache.threads());
  }

  @Test
  void aFailureIsToldToWhoeverAsksAndTriedAgainAfterThat() {
    AtomicInteger reads = new AtomicInteger();
    try (ChunkCache cache =
        new ChunkCache(
            offset -> {
              if (reads.getAndIncrement() == 0) {
                throw new IllegalStateException("once");
              }
              return ByteBuffer.allocate(1);
            },
            1000,
            1)) {
      cache.expect(new int[] {0, 5});
      assertThatThrownBy(() -> cache.get(new int[] {0, 5}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("once");
      assertThat(cache.get(new int[] {0, 5}).capacity()).isEqualTo(1);
    }
  }
}
