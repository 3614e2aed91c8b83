package org.frameline.recording.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FramePixels;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.Origin;
import org.frameline.protocol.ring.FrameRing;
import org.frameline.protocol.ring.RingReader;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.check.Finding;
import org.frameline.recording.check.RecordingCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames in a ring whose writer does not wait for the recording; h5py judges what is kept. */
@Timeout(120)
class OverwrittenPixelsTest {
  /** One frame is a chunk. */
  private static final EntryDescription LARGE = Frames.entry(ElementType.UINT8, 480, 640, 3);

  /** Many frames are a chunk. */
  private static final EntryDescription SMALL = Frames.entry(ElementType.UINT8, 24, 32, 3);

  private static final int SLOTS = 3;
  private static final long FRAMES = 40;

  @TempDir Path folder;

  /** A frame in a ring, as a subscriber has it. */
  private record InRing(RingReader ring, long number, int bytes) implements FramePixels {
    @Override
    public boolean isInRing() {
      return true;
    }

    @Override
    public boolean isWhole() {
      try {
        return ring.has(number);
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public ByteBuffer pixels() throws IOException {
      return ring.slot(number, bytes);
    }

    @Override
    public boolean copyTo(ByteBuffer destination) {
      try {
        ByteBuffer exactly = destination.duplicate();
        return ring.read(number, exactly.limit(exactly.position() + bytes));
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** Lets something happen in the middle of the next write of a frame. */
  private static final class InterruptedDisk extends TappedDisk {
    private final int frameBytes;
    private Runnable inTheMiddle;

    InterruptedDisk(Disk output, int frameBytes) {
      super(output);
      this.frameBytes = frameBytes;
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      if (inTheMiddle != null && bytes.remaining() == frameBytes) {
        int half = frameBytes / 2;
        super.write(bytes.slice(bytes.position(), half), position);
        inTheMiddle.run();
        inTheMiddle = null;
        super.write(bytes.position(bytes.position() + half), position + half);
      } else {
        super.write(bytes, position);
      }
    }
  }

  private final AtomicReference<InterruptedDisk> disk = new AtomicReference<>();

  private RecordingWriter open(
      Path file, EntryDescription entry, Compression compression, Checksum checksum)
      throws IOException {
    return RecordingWriter.open(
        new RecordingOptions(
            file, ExistingFile.REFUSE, compression, checksum, Duration.ofHours(1), 2),
        entry,
        output -> {
          disk.set(new InterruptedDisk(output, entry.frameBytes()));
          return disk.get();
        });
  }

  private static void put(FrameRing ring, EntryDescription entry, long slotOf, long number) {
    ring.begin(slotOf).put(Frames.frame(entry, number));
    ring.commit(slotOf);
  }

  private static boolean append(
      RecordingWriter writer, FramePixels pixels, long number, Optional<FrameSet.Run> gap)
      throws IOException {
    return writer.append(
        new FrameNotes(
            number, Frames.FIRST_TIME_NS + 1000 * number, Origin.NONE, gap, Optional.empty()),
        pixels);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,NONE,true",
    "NONE,NONE,false",
    "NONE,FLETCHER32,true",
    "NONE,FLETCHER32,false",
    "GZIP,NONE,true",
    "GZIP,FLETCHER32,false"
  })
  void whatIsOverwrittenIsMissingAndNeverInACheckpoint(
      Compression compression, Checksum checksum, boolean isLarge) throws Exception {
    EntryDescription entry = isLarge ? LARGE : SMALL;
    boolean isWrittenInPlace =
        compression == Compression.NONE && checksum == Checksum.NONE && isLarge;
    Path file = folder.resolve("overwritten.h5");
    List<FrameSet.Run> gaps = new ArrayList<>();
    try (FrameRing ring = FrameRing.create(folder, "s", entry.frameBytes(), SLOTS);
        RingReader reader = RingReader.open(ring.file(), "s");
        RecordingWriter writer = open(file, entry, compression, checksum)) {
      long kept = 0;
      long expected = 0;
      for (long number = 0; number < FRAMES; number++) {
        long later = number + SLOTS;
        put(ring, entry, number, number);
        boolean isOverwritten = number % 3 == 1 || number % 7 == 2;
        Runnable overwrite = () -> put(ring, entry, later, later);
        if (isOverwritten && isWrittenInPlace) {
          disk.get().inTheMiddle = overwrite;
        } else if (isOverwritten) {
          overwrite.run();
        }
        Optional<FrameSet.Run> gap =
            number > expected
                ? Optional.of(new FrameSet.Run(expected, number - expected))
                : Optional.empty();
        FramePixels pixels = new InRing(reader, number, entry.frameBytes());
        assertThat(append(writer, pixels, number, gap)).isEqualTo(!isOverwritten);
        assertThat(disk.get().inTheMiddle).isNull();
        if (isOverwritten) {
          requireWhole(writer, file, kept);
        } else {
          kept++;
          expected = number + 1;
          gap.ifPresent(gaps::add);
        }
      }
      assertThat(writer.frames()).isEqualTo(kept);
      assertThat(writer.missingFrames())
          .isEqualTo(gaps.stream().mapToLong(FrameSet.Run::count).sum());
    }
    assertThat(Reader.check(file)).hasSize(1);
    String rows = Reader.h5py(file, "print(h5py.File(path)['entry/missing'][:].tolist())");
    assertThat(rows).isEqualTo(gaps.stream().map(FrameSet.Run::toPair).toList().toString());
    if (isWrittenInPlace) {
      long used = Files.size(file) - FileBody.EMERGENCY_BYTES;
      assertThat(used)
          .as("the next frame took the place of what was overwritten")
          .isLessThan((FRAMES - gaps.size()) * entry.frameBytes());
    }
  }

  /** At a checkpoint now, the file has so many frames, and nothing else is wrong with it. */
  private static void requireWhole(RecordingWriter writer, Path file, long frames)
      throws IOException {
    writer.checkpoint();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> writer.checkpointedFrames() == frames);
    List<Finding> findings = new ArrayList<>();
    assertThat(RecordingCheck.check(file, findings::add, () -> false).frames()).isEqualTo(frames);
    assertThat(findings).allMatch(finding -> finding.kind() == Finding.Kind.MISSING);
  }

  @Test
  void aRingThatIsTakenAwayInTheMiddleOfAWriteIsNoFailureOfTheDisk() throws Exception {
    Path file = folder.resolve("gone.h5");
    try (FrameRing ring = FrameRing.create(folder, "s", LARGE.frameBytes(), SLOTS);
        RingReader reader = RingReader.open(ring.file(), "s");
        RecordingWriter writer = open(file, LARGE, Compression.NONE, Checksum.NONE)) {
      put(ring, LARGE, 0, 0);
      put(ring, LARGE, 1, 1);
      assertThat(append(writer, new InRing(reader, 0, LARGE.frameBytes()), 0, Optional.empty()))
          .isTrue();
      disk.get().inTheMiddle = () -> truncate(ring.file());
      FramePixels gone = new InRing(reader, 1, LARGE.frameBytes());
      assertThat(append(writer, gone, 1, Optional.empty())).isFalse();
      assertThat(append(writer, gone, 1, Optional.empty())).isFalse();
      FramePixels inline = FramePixels.of(Frames.frame(LARGE, 2));
      assertThat(append(writer, inline, 2, Optional.of(new FrameSet.Run(1, 1)))).isTrue();
    }
    assertThat(Reader.check(file).get(0)).contains("\"frames\": 2");
  }

  private static void truncate(Path ring) {
    try (FileChannel channel = FileChannel.open(ring, StandardOpenOption.WRITE)) {
      channel.truncate(4096);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
