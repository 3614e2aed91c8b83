package org.frameline.recording.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.check.RecordingCheck.Result;
import org.frameline.recording.hdf5.Superblock;
import org.frameline.recording.write.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hundreds of damaged recordings: each fault is reported, or h5py reads the same as before. */
@Timeout(300)
class DamagedRecordingTest {

  private static final int FILES = Integer.getInteger("frameline.damaged", 120);
  private static final EntryDescription SMALL = Frames.entry(ElementType.UINT16, 6, 7);

  private final long seed = Long.getLong("frameline.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir Path folder;

  private Path record(Compression compression) throws IOException {
    Path file = folder.resolve("whole.h5");
    RecordingOptions options =
        new RecordingOptions(
            file, ExistingFile.REFUSE, compression, Checksum.FLETCHER32, Duration.ofHours(1), 1);
    try (RecordingWriter writer = RecordingWriter.open(options, SMALL)) {
      for (int number = 0; number < 2_500; number++) {
        if (number == 700) {
          writer.missing(700, 1);
          writer.outage(701, 90);
        } else {
          Frames.append(writer, SMALL, number);
        }
      }
      writer.beginEntry(Frames.entry(ElementType.UINT8, 5, 4, 3));
      Frames.append(writer, Frames.entry(ElementType.UINT8, 5, 4, 3), 3);
    }
    return file;
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void everyDamageToTheStructureIsReportedOrHarmless(Compression compression) throws Exception {
    System.out.println("damaged recordings, seed " + seed + ", " + FILES + " files");
    Path whole = record(compression);
    String expected = readAll(List.of(whole)).get(0);
    List<Path> unnoticed = new ArrayList<>();
    int reported = 0;
    for (int i = 0; i < FILES; i++) {
      Path file = Files.copy(whole, folder.resolve("damaged" + i + ".h5"));
      damage(file, i);
      Result result = check(file);
      if (result.damages() > 0) {
        reported++;
        Files.delete(file);
      } else {
        unnoticed.add(file);
      }
    }
    assertThat(reported).as("seed %d", seed).isGreaterThan(FILES / 4);
    List<String> read = readAll(unnoticed);
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i)).as("seed %d, %s", seed, unnoticed.get(i)).isEqualTo(expected);
    }
  }

  private Result check(Path file) {
    List<Finding> findings = new ArrayList<>();
    Result result = RecordingCheck.check(file, findings::add, () -> false);
    assertThat(findings.size()).as("seed %d", seed).isLessThan(200);
    assertThat(findings).allSatisfy(it -> assertThat(it.text()).doesNotContain("\n"));
    return result;
  }

  /** Anything but pixels: those are only bits, and their frames are not looked at below. */
  private void damage(Path path, int kind) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      long length = file.length();
      long body = Frames.BODY;
      switch (kind % 6) {
        case 0 -> file.setLength(random.nextInt((int) length));
        case 1 -> flip(file, random.nextInt(Superblock.BYTES));
        // Most metadata was written last.
        case 2 -> flip(file, length - 1 - random.nextInt(8_000));
        case 3 -> flip(file, body + random.nextInt((int) (length - body)));
        case 4 -> fill(file, body + random.nextInt((int) (length - body)), 1 + random.nextInt(600));
        default -> fill(file, length - 1 - random.nextInt(8_000), 1 + random.nextInt(300));
      }
    }
  }

  private void flip(RandomAccessFile file, long position) throws IOException {
    file.seek(position);
    int before = file.read();
    file.seek(position);
    file.write(before ^ (1 << random.nextInt(8)));
  }

  private void fill(RandomAccessFile file, long position, int bytes) throws IOException {
    byte[] noise = new byte[(int) Math.min(bytes, file.length() - position)];
    if (random.nextBoolean()) {
      random.nextBytes(noise);
    }
    file.seek(position);
    file.write(noise);
  }

  /** Shapes, frame numbers and missing rows of all entries, every dataset and attribute read. */
  private List<String> readAll(List<Path> files) throws IOException, InterruptedException {
    Path script =
        Files.writeString(
            folder.resolve("read_all.py"),
            """
            import sys, zlib, h5py
            for path in sys.argv[1:]:
                with h5py.File(path, "r") as f:
                    said = []
                    def look(name, thing):
                        values = [thing.attrs[k] for k in thing.attrs]
                        if isinstance(thing, h5py.Dataset):
                            content = thing[()]
                            said.append((name, thing.shape, str(thing.dtype)))
                            if name.endswith("frame_number") or name.endswith("missing"):
                                said.append(zlib.crc32(content.tobytes()))
                        else:
                            said.append(name)
                    f.visititems(look)
                    print(said)
            """);
    List<String> arguments = new ArrayList<>(List.of(script.toString()));
    files.forEach(file -> arguments.add(file.toString()));
    return Reader.python(folder, arguments).lines().map(line -> line).toList();
  }

  @Test
  void aFileOfNoiseBehindAValidSuperblockEndsSoon() throws IOException {
    for (int i = 0; i < 100; i++) {
      byte[] noise = new byte[1 + random.nextInt(100_000)];
      random.nextBytes(noise);
      Path file = Files.write(folder.resolve("noise.h5"), noise);
      try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
        long end = random.nextBoolean() ? noise.length : random.nextLong();
        out.write(new Superblock(end, random.nextInt(noise.length)).encode().array());
      }
      assertThat(check(file).damages()).as("seed %d", seed).isPositive();
    }
  }
}
