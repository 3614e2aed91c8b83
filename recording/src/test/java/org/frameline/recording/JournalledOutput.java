package org.frameline.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Passes everything on to a file and notes it, so that power losses can be played afterwards. */
final class JournalledOutput implements RecordingOutput {

  /** What happened: a write, the begin or end of a force, or a promise made to the caller. */
  record Step(Kind kind, long position, ByteBuffer content, long number) {}

  enum Kind {
    WRITE,
    FORCE_BEGINS,
    FORCE_ENDS,
    PROMISE
  }

  private final RecordingOutput output;
  private final List<Step> steps = new ArrayList<>();

  JournalledOutput(RecordingOutput output) {
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

  /** The moments at which a superblock was written and not yet forced, from a step on. */
  synchronized List<Integer> flips(int from) {
    return IntStream.range(from, steps.size())
        .filter(i -> steps.get(i).kind == Kind.WRITE && steps.get(i).position == 0)
        .mapToObj(i -> i + 1)
        .toList();
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
   * was written before the last completed force began; of the rest, any part.
   */
  synchronized void replay(int cut, Random random, Path to) throws IOException {
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
    try (FileChannel file =
        FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int i = 0; i < cut; i++) {
        Step step = steps.get(i);
        if (step.kind == Kind.WRITE && (i < safe || random.nextDouble() < kept)) {
          file.write(step.content.duplicate(), step.position);
        }
      }
    }
  }
}
