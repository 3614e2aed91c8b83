package org.frameline.recording.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.check.RecordingCheck.Result;
import org.frameline.recording.stored.StoredFile;
import org.frameline.recording.write.RecordingWriter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bytes that flip anywhere in recordings with checksums. What h5py reads tells whether a damage
 * changed something; then the check has to say so. {@code -Dframeline.damages=200} for more of
 * them, {@code -Dframeline.seed=...} for the same again.
 */
@Timeout(600)
class RandomDamageTest {

  private static final int DAMAGES = Integer.getInteger("frameline.damages", 20);
  private static final long MOST_ALLOCATED = 256L << 20;
  private static final int AT_ONCE = 20;
  private static final int METADATA_BYTES = 16_000;

  private final long seed = Long.getLong("frameline.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir Path folder;

  /** What is damaged. */
  enum Kind {
    UNCOMPRESSED,
    GZIP,
    SMALL_FRAMES,
    SEVERAL_ENTRIES,
    BROKEN_OFF;

    private Compression compression() {
      return this == GZIP ? Compression.GZIP : Compression.NONE;
    }

    private EntryDescription entry() {
      return switch (this) {
        case UNCOMPRESSED -> Frames.entry(ElementType.UINT8, 300, 700, 3);
        case GZIP -> Frames.entry(ElementType.UINT16, 100, 200);
        case SMALL_FRAMES -> Frames.entry(ElementType.UINT8, 6, 7);
        case SEVERAL_ENTRIES -> Frames.entry(ElementType.FLOAT32, 30, 40);
        case BROKEN_OFF -> Frames.entry(ElementType.UINT16, 30, 40);
      };
    }

    private int frames() {
      return switch (this) {
        case UNCOMPRESSED -> 8;
        case GZIP -> 60;
        case SMALL_FRAMES -> 2_500;
        case SEVERAL_ENTRIES -> 1_030;
        case BROKEN_OFF -> 1_100;
      };
    }
  }

  /** A byte that is not what it was. */
  private record Flip(long position, int mask) {}

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyDamageThatChangesAPixelOrANumberIsReported(Kind kind) throws Exception {
    Path file = record(kind);
    assertThat(check(file).damages()).as("before any damage").isZero();
    long end = end(file);
    List<List<Flip>> damages = new ArrayList<>();
    List<Boolean> reported = new ArrayList<>();
    for (int i = 0; i < DAMAGES; i++) {
      List<Flip> damage = damage(end, i);
      damages.add(damage);
      apply(file, damage);
      reported.add(check(file).damages() > 0);
      apply(file, damage);
    }
    List<String> judged = judge(file, damages);
    assertThat(judged).hasSize(DAMAGES);
    System.out.println(figures(kind, judged, reported));
    for (int i = 0; i < DAMAGES; i++) {
      if (judged.get(i).startsWith("changed") || judged.get(i).startsWith("fails")) {
        assertThat(reported.get(i))
            .as("seed %d, %s, %s: %s", seed, kind, judged.get(i), damages.get(i))
            .isTrue();
      }
    }
  }

  private Path record(Kind kind) throws Exception {
    Path file = folder.resolve("recording.h5");
    try (RecordingWriter writer =
        RecordingWriter.open(Frames.quiet(file, kind.compression()), kind.entry())) {
      fill(writer, kind.entry(), kind.frames());
      if (kind == Kind.SEVERAL_ENTRIES) {
        writer.beginEntry(Frames.entry(ElementType.UINT8, 9, 5, 3));
        fill(writer, Frames.entry(ElementType.UINT8, 9, 5, 3), 70);
        writer.beginEntry(Frames.entry(ElementType.COMPLEX64, 3, 8, 9));
        fill(writer, Frames.entry(ElementType.COMPLEX64, 3, 8, 9), 12);
      }
      if (kind == Kind.BROKEN_OFF) {
        writer.checkpoint();
        Awaitility.await().until(() -> writer.checkpointedFrames() == writer.frames());
        Frames.append(writer, kind.entry(), kind.frames() + 5L);
        return Files.copy(file, folder.resolve("broken-off.h5"));
      }
    }
    return file;
  }

  private static void fill(RecordingWriter writer, EntryDescription entry, int frames)
      throws IOException {
    for (int number = 0; number < frames; number++) {
      if (number == 5) {
        writer.missing(5, 1);
        writer.outage(6, 90);
      } else {
        Frames.append(writer, entry, number);
      }
    }
  }

  /** Where the file ends for its readers: there may be a hole behind it. */
  private static long end(Path path) throws IOException {
    try (StoredFile file = StoredFile.open(path)) {
      return file.superblock().endOfFile();
    }
  }

  /** One bit, some bytes far from each other, or a run of bytes. */
  private List<Flip> damage(long end, int number) {
    long from = number % 4 == 0 ? 0 : Frames.BODY;
    if (number % 4 == 1) {
      from = end - METADATA_BYTES;
    }
    List<Flip> flips = new ArrayList<>();
    switch (random.nextInt(3)) {
      case 0 -> flips.add(new Flip(random.nextLong(from, end), 1 << random.nextInt(8)));
      case 1 -> {
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
          flips.add(new Flip(random.nextLong(from, end), 1 + random.nextInt(255)));
        }
      }
      default -> {
        long start = random.nextLong(from, end);
        long behind = Math.min(end, start + 1 + random.nextInt(600));
        for (long position = start; position < behind; position++) {
          flips.add(new Flip(position, 1 + random.nextInt(255)));
        }
      }
    }
    return flips;
  }

  /** Does it, or undoes it. */
  private static void apply(Path path, List<Flip> damage) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      for (Flip flip : damage) {
        file.seek(flip.position);
        int before = file.read();
        file.seek(flip.position);
        file.write(before ^ flip.mask);
      }
    }
  }

  private Result check(Path file) {
    List<Finding> findings = new ArrayList<>();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Result result = RecordingCheck.check(file, findings::add, () -> false);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
        .as("bytes allocated, seed %d", seed)
        .isLessThan(MOST_ALLOCATED);
    assertThat(findings.size()).as("seed %d", seed).isLessThan(200);
    return result;
  }

  private List<String> judge(Path file, List<List<Flip>> damages) throws Exception {
    Path list = folder.resolve("damages.txt");
    List<String> judged = new ArrayList<>();
    for (int from = 0; from < damages.size(); from += AT_ONCE) {
      List<String> some = new ArrayList<>();
      for (List<Flip> damage : damages.subList(from, Math.min(from + AT_ONCE, damages.size()))) {
        some.add(
            damage.stream()
                .map(flip -> flip.position + ":" + flip.mask)
                .collect(Collectors.joining(" ")));
      }
      Files.write(list, some);
      List<String> script =
          List.of("src/test/resources/judge_damage.py", file.toString(), list.toString());
      Reader.python(Path.of("."), script).lines().forEach(judged::add);
    }
    return judged;
  }

  private static String word(String judgement) {
    int space = judgement.indexOf(' ');
    return space < 0 ? judgement : judgement.substring(0, space);
  }

  private String figures(Kind kind, List<String> judged, List<Boolean> reported) {
    Map<String, int[]> counts = new TreeMap<>();
    for (int i = 0; i < judged.size(); i++) {
      int[] count = counts.computeIfAbsent(word(judged.get(i)), it -> new int[2]);
      count[0]++;
      count[1] += reported.get(i) ? 1 : 0;
    }
    String text =
        counts.entrySet().stream()
            .map(
                it -> it.getKey() + " " + it.getValue()[0] + " (reported " + it.getValue()[1] + ")")
            .collect(Collectors.joining(", "));
    return "damages, seed " + seed + ", " + kind + ", " + judged.size() + ": " + text;
  }
}
