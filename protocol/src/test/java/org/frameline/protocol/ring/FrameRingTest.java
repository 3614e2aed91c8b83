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
