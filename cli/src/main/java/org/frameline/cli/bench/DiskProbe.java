package org.frameline.cli.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;

/**
 * Writes a file from its beginning to its end and has the system bring it to the disk, as a
 * recording is in the end. How large the file is follows from how long a small one took. One
 * thread.
 */
final class DiskProbe {
  private static final int PIECE = 4 << 20;
  private static final long SMALL = 32L << 20;
  private static final long LARGEST = 4L << 30;
  private static final int FILES = 3;
  private static final int PART_OF_ROOM = 2;
  private static final double NS_PER_S = 1e9;

  private final Workspace workspace;
  private final StopSignal stop;

  /** Of no pattern, since some file systems compress. */
  private final ByteBuffer pixels = ByteBuffer.allocateDirect(PIECE);

  DiskProbe(Workspace workspace, StopSignal stop) {
    this.workspace = workspace;
    this.stop = stop;
    byte[] bytes = new byte[PIECE];
    new Random(1).nextBytes(bytes);
    pixels.put(bytes);
  }

  /**
   * Measures.
   *
   * @throws ProgramException when the disk is full or fails
   */
  void measure(Duration time, Findings findings) {
    long room = workspace.room() / PART_OF_ROOM;
    double small = write(Math.min(SMALL, room));
    double perFile = time.toNanos() / NS_PER_S / (FILES + 1);
    long bytes = Math.min(Math.min(LARGEST, room), Math.max(SMALL, (long) (small * perFile)));
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < FILES && !stop.getAsBoolean(); i++) {
      rates.add(write(bytes) / bytes);
    }
    if (!stop.getAsBoolean()) {
      findings.add(
          new Measurement(Section.DISK, Map.of("file_bytes", bytes), bytes, Spread.of(rates)));
    }
  }

  /** Bytes per second. */
  private double write(long bytes) {
    Path file = workspace.file("disk.bin");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long begin = System.nanoTime();
      for (long left = bytes; left > 0 && !stop.getAsBoolean(); ) {
        pixels.clear().limit((int) Math.min(PIECE, left));
        left -= channel.write(pixels);
      }
      if (!stop.getAsBoolean()) {
        channel.force(true);
      }
      return bytes * NS_PER_S / (System.nanoTime() - begin);
    } catch (IOException e) {
      throw ProgramException.failed("cannot write " + file + ": " + e.getMessage(), e);
    } finally {
      remove(file);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw ProgramException.failed("cannot remove " + file + ": " + e.getMessage(), e);
    }
  }
}
