package org.frameline.protocol.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FrameRingTest {
  private static final int BYTES = 1_001;

  @TempDir private Path directory;

  private static void write(FrameRing ring, long frame) {
    ByteBuffer slot = ring.begin(frame);
    assertThat(slot.remaining()).isEqualTo(BYTES);
    while (slot.hasRemaining()) {
      slot.put((byte) frame);
    }
    ring.commit(frame);
  }

  private static byte[] whole(long frame) {
    byte[] bytes = new byte[BYTES];
    Arrays.fill(bytes, (byte) frame);
    return bytes;
  }

  @Test
  void holdsTheLastFramesAndNoOthers() throws IOException {
    try (FrameRing ring = FrameRing.create(directory, "s", BYTES, 4)) {
      byte[] pixels = new byte[BYTES];
      assertThat(ring.read(0, ByteBuffer.wrap(pixels))).isFalse();
      for (long n = 0; n < 10; n++) {
        write(ring, n);
      }
      for (long n = 0; n < 12; n++) {
        boolean isThere = n >= 6 && n < 10;
        assertThat(ring.read(n, ByteBuffer.wrap(pixels))).as("frame %d", n).isEqualTo(isThere);
        if (isThere) {
          assertThat(pixels).isEqualTo(whole(n));
        }
      }
    }
  }

  @Test
  void aFrameThatIsBeingWrittenIsNotThere() throws IOException {
    try (FrameRing ring = FrameRing.create(directory, "s", BYTES, 2)) {
      write(ring, 0);
      byte[] pixels = new byte[BYTES];
      ring.begin(2).put((byte) 7);
      assertThat(ring.read(0, ByteBuffer.wrap(pixels))).isFalse();
      assertThat(ring.read(2, ByteBuffer.wrap(pixels))).isFalse();
      ring.commit(2);
      assertThat(ring.read(2, ByteBuffer.wrap(pixels))).isTrue();
    }
  }

  @Test
  void aReaderNeverSeesHalfAFrame() throws Exception {
    try (FrameRing ring = FrameRing.create(directory, "s", BYTES, 2)) {
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture<Long> reader =
          CompletableFuture.supplyAsync(
              () -> {
                long read = 0;
                byte[] pixels = new byte[BYTES];
                for (long n = 0; !done.get() || read == 0; n = (n + 1) % 200_000) {
                  if (ring.read(n, ByteBuffer.wrap(pixels))) {
                    assertThat(pixels).isEqualTo(whole(n));
                    read++;
                  }
                }
                return read;
              });
      for (long n = 0; n < 200_000; n++) {
        write(ring, n);
      }
      done.set(true);
      assertThat(reader.get()).isPositive();
    }
  }

  @Test
  void isLaidOutAsThePageSays() throws IOException {
    try (FrameRing ring = FrameRing.create(directory, "s", BYTES, 4)) {
      write(ring, 5);
      ByteBuffer file =
          ByteBuffer.wrap(Files.readAllBytes(ring.file())).order(ByteOrder.LITTLE_ENDIAN);
      byte[] magic = new byte[8];
      file.get(magic);
      assertThat(magic).asString().isEqualTo("FLRING01");
      assertThat(file.getLong()).isEqualTo(BYTES);
      assertThat(file.getLong()).isEqualTo(4);
      long stride = file.getLong();
      assertThat(stride).isEqualTo(1_088);
      assertThat(file.capacity()).isEqualTo(4_096 + 4 * 1_088);
      int slot = 4_096 + 1_088;
      assertThat(file.getLong(slot)).isEqualTo(2 * 5 + 2);
      assertThat(file.get(slot + 64)).isEqualTo((byte) 5);
    }
  }

  @Test
  void countsTheSlotsThatFit() {
    assertThat(FrameRing.slotsIn(4_096 + 4 * 1_088, BYTES)).isEqualTo(4);
    assertThat(FrameRing.slotsIn(4_095 + 4 * 1_088, BYTES)).isEqualTo(3);
    assertThat(FrameRing.slotsIn(100, BYTES)).isZero();
  }

  @Test
  void removesItsFileAndThoseOfDeadProcesses() throws IOException {
    Path dead = Files.write(directory.resolve("frameline-dead.ring"), new byte[100]);
    Path other = Files.write(directory.resolve("something.else"), new byte[100]);
    Path file;
    try (FrameRing ring = FrameRing.create(directory, "s", BYTES, 4);
        FrameRing second = FrameRing.create(directory, "t", BYTES, 4)) {
      file = ring.file();
      assertThat(file).exists();
      assertThat(second.file()).exists();
      assertThat(dead).doesNotExist();
      assertThatIOException()
          .isThrownBy(() -> FrameRing.create(directory, "s", BYTES, 4))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(file).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void anotherProcessReadsWhatIsWritten() throws IOException {
    FrameRing ring = FrameRing.create(directory, "s", BYTES, 3);
    RingReader reader = RingReader.open(ring.file(), "s");
    ByteBuffer pixels = ByteBuffer.allocate(BYTES);
    for (long n = 0; n < 7; n++) {
      assertThat(reader.read(n, pixels)).isFalse();
      write(ring, n);
      assertThat(reader.read(n, pixels)).isTrue();
      assertThat(pixels.array()).isEqualTo(whole(n));
    }
    assertThat(reader.read(3, pixels)).isFalse();
    ring.close();
    assertThat(reader.read(6, pixels)).as("after its writer is gone").isTrue();
    assertThat(reader.frameBytes()).isEqualTo(BYTES);
    reader.close();
  }

  @Test
  void itsOneReaderSaysWhatItHasTaken() throws IOException {
    FrameRing ring = FrameRing.create(directory, "w-0", BYTES, 3);
    try (RingTaker taker = RingTaker.open(ring.file(), "w")) {
      RingReader frames = taker.frames();
      assertThat(frames.frameBytes()).isEqualTo(BYTES);
      assertThat(ring.taken()).as("nobody has said anything").isEqualTo(-1);
      assertThat(ring.together()).isEqualTo(1);
      taker.takesTogether(9);
      assertThat(ring.together()).isEqualTo(9);
      assertThat(ring.taken()).isEqualTo(-1);
      taker.takesTogether(-3);
      assertThat(ring.together()).isEqualTo(1);
      ByteBuffer pixels = ByteBuffer.allocateDirect(BYTES);
      for (long n = 0; n < 7; n++) {
        assertThat(frames.read(n, pixels)).isFalse();
        ring.begin(n);
        assertThat(frames.read(n, pixels)).as("half a frame").isFalse();
        write(ring, n);
        assertThat(frames.read(n, pixels)).isTrue();
        assertThat(pixels).isEqualTo(ByteBuffer.wrap(whole(n)));
        taker.take(n);
        assertThat(ring.taken()).isEqualTo(n);
      }
      assertThat(frames.read(3, pixels)).as("overwritten").isFalse();
      ring.close();
      assertThat(frames.read(6, pixels)).as("after its writer is gone").isTrue();
    }
  }

  @Test
  void theSystemReadsFromASlotWithoutACopy() throws IOException {
    byte[] large = new byte[700_001];
    new Random(7).nextBytes(large);
    Path copy = directory.resolve("copy");
    try (FrameRing ring = FrameRing.create(directory, "s", large.length, 2);
        RingReader reader = RingReader.open(ring.file(), "s");
        FileChannel out =
            FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ring.begin(1).put(large);
      ring.commit(1);
      assertThat(reader.has(1)).isTrue();
      assertThat(out.write(reader.slot(1, large.length))).isEqualTo(large.length);
      assertThat(reader.has(1)).isTrue();
      ring.begin(3);
      assertThat(reader.has(1)).as("overwritten meanwhile").isFalse();
    }
    assertThat(Files.readAllBytes(copy)).isEqualTo(large);
    try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"))) {
      assertThat(mapped.filter(line -> line.contains(directory.toString())))
          .as("what is closed takes no memory")
          .noneMatch(line -> line.contains(" r--s "));
    }
  }

  @Test
  void aFileThatIsCutCostsItsReaderAnErrorAndNoMore() throws IOException {
    Path copy = directory.resolve("copy");
    try (FrameRing ring = FrameRing.create(directory, "s", 1 << 20, 4);
        RingReader reader = RingReader.open(ring.file(), "s");
        FileChannel out =
            FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ring.begin(3);
      ring.commit(3);
      ByteBuffer slot = reader.slot(3, 1 << 20);
      try (FileChannel cut = FileChannel.open(ring.file(), StandardOpenOption.WRITE)) {
        cut.truncate(8_192);
      }
      assertThat(reader.has(3)).isFalse();
      assertThat(reader.read(3, ByteBuffer.allocateDirect(1 << 20))).isFalse();
      assertThatIOException().isThrownBy(() -> out.write(slot));
    }
  }

  @Test
  void isForItsUserAlone() throws IOException {
    try (FrameRing ring = FrameRing.create(directory, "s", BYTES, 3)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ring.file())))
          .isEqualTo("rw-------");
      Path link = directory.resolve("frameline-t.ring");
      Files.createSymbolicLink(link, ring.file());
      assertThatIOException()
          .isThrownBy(() -> RingReader.open(link, "t"))
          .withMessageContaining("expected a file");
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      assertThatIOException()
          .isThrownBy(() -> RingReader.open(ring.file(), "s"))
          .withMessageContaining("expected a directory that nobody else may use");
    }
  }

  @Test
  void whatIsNoRingOfTheWriterIsNotTakenFrom() throws IOException {
    try (FrameRing ring = FrameRing.create(directory, "w-0", BYTES, 3)) {
      assertThatIOException()
          .isThrownBy(() -> RingTaker.open(ring.file(), "v"))
          .withMessageContaining("expected a ring of v");
      assertThatIOException()
          .isThrownBy(
              () ->
                  RingTaker.open(
                      Files.createDirectory(directory.resolve("frameline-w-1.ring")), "w"))
          .withMessageContaining("expected a file");
      Path other = Files.writeString(directory.resolve("frameline-w-2.ring"), "FLRING");
      assertThatIOException()
          .isThrownBy(() -> RingTaker.open(other, "w"))
          .withMessageContaining("expected a frame ring");
      assertThat(other).hasContent("FLRING");
    }
  }

  @Test
  void whatIsNoRingOfTheStreamIsRefused() throws IOException {
    Path file = directory.resolve("frameline-s.ring");
    assertThatIOException().isThrownBy(() -> RingReader.open(file, "s"));
    Files.writeString(file, "FLRING");
    assertThatIOException()
        .isThrownBy(() -> RingReader.open(file, "s"))
        .withMessageContaining("expected a frame ring");
    Files.delete(file);
    try (FrameRing ring = FrameRing.create(directory, "s", BYTES, 3)) {
      assertThatIOException()
          .isThrownBy(() -> RingReader.open(ring.file(), "t"))
          .withMessageContaining("expected the ring of t");
      byte[] whole = Files.readAllBytes(ring.file());
      Path cut = Files.createTempDirectory(directory, "cut").resolve("frameline-s.ring");
      Files.write(cut, Arrays.copyOf(whole, whole.length - 1));
      assertThatIOException().isThrownBy(() -> RingReader.open(cut, "s"));
      for (int at : new int[] {8, 16, 24}) {
        byte[] wrong = whole.clone();
        wrong[at + 7] = (byte) 0x80;
        Files.write(cut, wrong);
        assertThatIOException().isThrownBy(() -> RingReader.open(cut, "s"));
      }
    }
  }

  /** To open a pipe would wait for the other end. */
  @Test
  @Timeout(30)
  void aPipeThatIsNamedLikeARingHoldsNobodyUp() throws Exception {
    Path pipe = directory.resolve("frameline-t.ring");
    Program.run(directory, "mkfifo", pipe.toString()).succeeded();
    try (FrameRing ring = FrameRing.create(directory, "s", BYTES, 3)) {
      assertThat(ring.file()).exists();
      assertThatIOException()
          .isThrownBy(() -> RingReader.open(pipe, "t").close())
          .withMessage(pipe + ": expected a file, found a named pipe");
    }
    assertThat(pipe).exists();
  }
}
