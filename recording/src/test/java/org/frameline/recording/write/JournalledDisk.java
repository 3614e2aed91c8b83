package org.frameline.recording.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Passes everything on to a file and notes it, so that power losses can be played afterwards. */
final class JournalledDisk implements Disk {

  /** What happened: a write, the begin or end of a force, or a promise made to the caller. */
  record Step(Kind kind, long position, ByteBuffer content, long number) {}

  enum Kind {
    WRITE,
    FORCE_BEGINS,
    FORCE_ENDS,
    PROMISE
  }

  private static final long SECTOR_BYTES = 512;

  private final Disk output;
  private final List<Step> steps = new ArrayList<>();

  JournalledDisk(Disk output) {
    this.output = output;
  }

  @Override
  public void write(ByteBuffer bytes, long position) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    output.write(bytes, position);
    note(new Step(Kind.WRITE, position, content, 0));
  }

  @Override
  public void force() throws IOException {
    note(new Step(Kind.FORCE_BEGINS, 0, ByteBuffer.allocate(0), 0));
    output.force();
    note(new Step(Kind.FORCE_ENDS, 0, ByteBuffer.allocate(0), 0));
  }

  @Override
  public long length() throws IOException {
    return output.length();
  }

  @Override
  public void setLength(long length) throws IOException {
    output.setLength(length);
  }

  @Override
  public void close() throws IOException {
    output.close();
  }

  /** Notes that the writer has called so many frames safe. */
  void promise(long frames) {
    note(new Step(Kind.PROMISE, 0, ByteBuffer.allocate(0), frames));
  }

  synchronized int size() {
    return steps.size();
  }

  /** Whether a step wrote a superblock; after it, before the force, most can go wrong. */
  synchronized boolean isFlip(int step) {
    return step >= 0 && steps.get(step).kind == Kind.WRITE && steps.get(step).position == 0;
  }

  private synchronized void note(Step step) {
    steps.add(step);
  }

  /** Frames that were called safe before a step. */
  synchronized long promisedBefore(int cut) {
    return steps.subList(0, cut).stream().mapToLong(Step::number).max().orElse(0);
  }

  /**
   * Writes the file as a power loss before step {@code cut} may leave it: everything is there that
   * was written before the last completed force began; of the rest any part: whole, cut at any
   * byte, or some sectors of it. The first sector holds the superblock; a disk writes it whole or
   * not at all.
   *
   * @param before what the file was before the journal began, or null for nothing
   */
  synchronized void replay(int cut, Random random, Path before, Path to) throws IOException {
    int safe = 0;
    int begin = 0;
    for (int i = 0; i < cut; i++) {
      if (steps.get(i).kind == Kind.FORCE_BEGINS) {
        begin = i;
      } else if (steps.get(i).kind == Kind.FORCE_ENDS) {
        safe = begin;
      }
    }
    double kept = random.nextInt(5) / 4.0;
    if (before != null) {
      Files.copy(before, to);
    }
    try (FileChannel file =
        FileChannel.open(to, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < cut; i++) {
        Step step = steps.get(i);
        if (step.kind == Kind.WRITE && i < safe) {
          file.write(step.content.duplicate(), step.position);
        } else if (step.kind == Kind.WRITE && random.nextDouble() < kept) {
          writePart(file, step, random);
        }
      }
    }
  }

  private static void writePart(FileChannel file, Step step, Random random) throws IOException {
    switch (step.position < SECTOR_BYTES ? 0 : random.nextInt(3)) {
      case 0 -> file.write(step.content.duplicate(), step.position);
      case 1 -> {
        int end = random.nextInt(step.content.limit() + 1);
        file.write(step.content.slice(0, end), step.position);
      }
      default -> writeSectors(file, step, random.nextDouble(), random);
    }
  }

  private static void writeSectors(FileChannel file, Step step, double kept, Random random)
      throws IOException {
    long end = step.position + step.content.limit();
    for (long at = step.position; at < end; at = at / SECTOR_BYTES * SECTOR_BYTES + SECTOR_BYTES) {
      long next = Math.min(end, at / SECTOR_BYTES * SECTOR_BYTES + SECTOR_BYTES);
      if (random.nextDouble() < kept) {
        int from = (int) (at - step.position);
        file.write(step.content.slice(from, (int) (next - at)), at);
      }
    }
  }
}
