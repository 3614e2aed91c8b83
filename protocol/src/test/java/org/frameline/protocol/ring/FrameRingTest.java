package org.frameline.protocol.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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
      assertThat(ring.read(0, pixels)).isFalse();
      for (long n = 0; n < 10; n++) {
        write(ring, n);
      }
      for (long n = 0; n < 12; n++) {
        boolean isThere = n >= 6 && n < 10;
        assertThat(ring.read(n, pixels)).as("frame %d", n).isEqualTo(isThere);
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
      assertThat(ring.read(0, pixels)).isFalse();
      assertThat(ring.read(2, pixels)).isFalse();
      ring.commit(2);
      assertThat(ring.read(2, pixels)).isTrue();
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
                  if (ring.read(n, pixels)) {
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
    FrameRingReader reader = FrameRingReader.open(ring.file(), "s");
    byte[] pixels = new byte[BYTES];
    for (long n = 0; n < 7; n++) {
      assertThat(reader.read(n, pixels)).isFalse();
      write(ring, n);
      assertThat(reader.read(n, pixels)).isTrue();
      assertThat(pixels).isEqualTo(whole(n));
    }
    assertThat(reader.read(3, pixels)).isFalse();
    ring.close();
    assertThat(reader.read(6, pixels)).as("after its writer is gone").isTrue();
    assertThat(reader.frameBytes()).isEqualTo(BYTES);
  }

  @Test
  void itsOneReaderSaysWhatItHasTaken() throws IOException {
    FrameRing ring = FrameRing.create(directory, "w-0", BYTES, 3);
    try (RingTaker taker = RingTaker.open(ring.file(), "w")) {
      assertThat(taker.frameBytes()).isEqualTo(BYTES);
      assertThat(ring.taken()).as("nobody has said anything").isEqualTo(-1);
      byte[] pixels = new byte[BYTES];
      for (long n = 0; n < 7; n++) {
        assertThat(taker.read(n, pixels)).isFalse();
        ring.begin(n);
        assertThat(taker.read(n, pixels)).as("half a frame").isFalse();
        write(ring, n);
        assertThat(taker.read(n, pixels)).isTrue();
        assertThat(pixels).isEqualTo(whole(n));
        taker.take(n);
        assertThat(ring.taken()).isEqualTo(n);
      }
      assertThat(taker.read(3, pixels)).as("overwritten").isFalse();
      ring.close();
      assertThat(taker.read(6, pixels)).as("after its writer is gone").isTrue();
    }
  }

  @Test
  void aLargeFrameIsTakenInPieces() throws IOException {
    byte[] large = new byte[700_001];
    new Random(7).nextBytes(large);
    try (FrameRing ring = FrameRing.create(directory, "w-0", large.length, 2);
        RingTaker taker = RingTaker.open(ring.file(), "w")) {
      ring.begin(1).put(large);
      ring.commit(1);
      byte[] taken = new byte[large.length];
      assertThat(taker.read(1, taken)).isTrue();
      assertThat(taken).isEqualTo(large);
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
    assertThatIOException().isThrownBy(() -> FrameRingReader.open(file, "s"));
    Files.writeString(file, "FLRING");
    assertThatIOException()
        .isThrownBy(() -> FrameRingReader.open(file, "s"))
        .withMessageContaining("expected a frame ring");
    Files.delete(file);
    try (FrameRing ring = FrameRing.create(directory, "s", BYTES, 3)) {
      assertThatIOException()
          .isThrownBy(() -> FrameRingReader.open(ring.file(), "t"))
          .withMessageContaining("expected the ring of stream t");
      byte[] whole = Files.readAllBytes(ring.file());
      Path cut = Files.createDirectory(directory.resolve("cut")).resolve("frameline-s.ring");
      Files.write(cut, Arrays.copyOf(whole, whole.length - 1));
      assertThatIOException().isThrownBy(() -> FrameRingReader.open(cut, "s"));
      for (int at : new int[] {8, 16, 24}) {
        byte[] wrong = whole.clone();
        wrong[at + 7] = (byte) 0x80;
        Files.write(cut, wrong);
        assertThatIOException().isThrownBy(() -> FrameRingReader.open(cut, "s"));
      }
    }
  }
}
