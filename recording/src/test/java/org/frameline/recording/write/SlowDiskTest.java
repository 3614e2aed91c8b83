package org.frameline.recording.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.check.Finding;
import org.frameline.recording.check.RecordingCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that confirms nothing for as long as it likes. */
@Timeout(120)
class SlowDiskTest {
  private static final EntryDescription ENTRY = Frames.entry(ElementType.UINT8, 40, 50, 3);

  @TempDir Path folder;

  /** Holds the next force up once it is told to. */
  private static final class HeldDisk extends TappedDisk {
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean holds;

    HeldDisk(Disk output) {
      super(output);
    }

    @Override
    public void force() throws IOException {
      if (holds) {
        held.countDown();
        try {
          released.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      super.force();
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void framesAndEntriesGoOnWhileACheckpointWaitsForTheDisk(Compression compression)
      throws Exception {
    Path file = folder.resolve("slow.h5");
    AtomicReference<HeldDisk> disk = new AtomicReference<>();
    try (RecordingWriter writer =
        RecordingWriter.open(
            Frames.quiet(file, compression),
            ENTRY,
            output -> {
              disk.set(new HeldDisk(output));
              return disk.get();
            })) {
      append(writer, 0, 300);
      disk.get().holds = true;
      writer.checkpoint();
      disk.get().held.await();
      append(writer, 300, 900);
      writer.beginEntry(ENTRY);
      append(writer, 0, 400);
      assertThat(writer.frames()).isEqualTo(1300);
      assertThat(writer.checkpointedFrames()).isZero();
      disk.get().released.countDown();
    }
    assertThat(Reader.check(file).get(0))
        .contains("\"entry\": {\"frames\": 900", "\"entry_2\": {\"frames\": 400");
    assertThat(RecordingCheck.check(file, SlowDiskTest::fail, () -> false).frames())
        .isEqualTo(1300);
  }

  @Test
  void theDiskBeginsBeforeACheckpointIsDueWhenThereIsMuchToWrite() throws Exception {
    EntryDescription large = Frames.entry(ElementType.UINT8, 480, 640, 3);
    ByteBuffer pixels = Frames.frame(large, 0);
    Path file = folder.resolve("much.h5");
    AtomicInteger forces = new AtomicInteger();
    try (RecordingWriter writer =
        RecordingWriter.open(
            Frames.quiet(file, Compression.NONE),
            large,
            output ->
                new TappedDisk(output) {
                  @Override
                  public void force() throws IOException {
                    super.force();
                    forces.incrementAndGet();
                  }
                })) {
      int before = forces.get();
      for (long number = 0; number < 300; number++) {
        writer.append(number, number, pixels);
      }
      Awaitility.await().until(() -> forces.get() > before);
      assertThat(writer.checkpointedFrames()).isZero();
    }
  }

  @Test
  void aDiskThatFailsMeanwhileEndsTheRecording() throws Exception {
    EntryDescription large = Frames.entry(ElementType.UINT8, 480, 640, 3);
    ByteBuffer pixels = Frames.frame(large, 0);
    Path file = folder.resolve("failing.h5");
    AtomicBoolean fails = new AtomicBoolean();
    RecordingWriter writer =
        RecordingWriter.open(
            Frames.quiet(file, Compression.NONE),
            large,
            output ->
                new TappedDisk(output) {
                  @Override
                  public void force() throws IOException {
                    if (fails.get()) {
                      throw new IOException("Input/output error");
                    }
                    super.force();
                  }
                });
    fails.set(true);
    AtomicLong number = new AtomicLong();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .untilAsserted(
            () ->
                assertThatThrownBy(
                        () -> writer.append(number.get(), number.getAndIncrement(), pixels))
                    .hasMessageEndingWith("Input/output error; 0 frames are kept"));
    assertThatThrownBy(writer::close).hasMessageEndingWith("; 0 frames are kept");
    assertThat(RecordingCheck.check(file, finding -> {}, () -> false).frames()).isZero();
  }

  private static void append(RecordingWriter writer, long from, long to) throws IOException {
    for (long number = from; number < to; number++) {
      Frames.append(writer, ENTRY, number);
    }
  }

  private static void fail(Finding finding) {
    throw new AssertionError(finding);
  }
}
