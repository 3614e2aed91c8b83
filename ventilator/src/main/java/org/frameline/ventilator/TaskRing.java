package org.frameline.ventilator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.frameline.protocol.ring.FrameRing;

/**
 * Shared memory for frames that are held: workers on this machine read them there. A slot is free
 * again when its frame is no longer held; who is late with reading finds another number in it.
 * Belongs to the ventilator's loop; not thread-safe.
 */
final class TaskRing {
  private final FrameRing ring;
  private final Deque<Integer> free = new ArrayDeque<>();
  private final long[] rounds;
  private boolean retired;
  private boolean closed;

  /**
   * Makes a ring.
   *
   * @param name names the file
   * @param frameBytes of the largest frame
   */
  TaskRing(Path directory, String name, int frameBytes, int slots) throws IOException {
    ring = FrameRing.create(directory, name, frameBytes, slots);
    rounds = new long[slots];
    for (int slot = 0; slot < slots; slot++) {
      free.add(slot);
    }
  }

  /** Room for one frame. */
  final class Slot {
    private final int slot;
    private final long index;
    private final ByteBuffer memory;

    private Slot(int slot) {
      this.slot = slot;
      index = rounds[slot]++ * rounds.length + slot;
      memory = ring.begin(index);
    }

    /** Where its pixels are to be written, and stand afterwards. */
    ByteBuffer memory() {
      return memory;
    }

    /** All is written: from now on workers can read it. */
    Slot commit() {
      ring.commit(index);
      return this;
    }

    Path file() {
      return ring.file();
    }

    /** Its number in the ring. */
    long index() {
      return index;
    }

    void release() {
      free.push(slot);
      closeIfUnused();
    }
  }

  /** Bytes of the largest frame that it can hold. */
  int frameBytes() {
    return ring.frameBytes();
  }

  /** A free slot, or null when there is none. */
  Slot take() {
    Integer slot = free.poll();
    return slot == null ? null : new Slot(slot);
  }

  /** Takes no more frames; the file goes when the last one is released. */
  void retire() {
    retired = true;
    closeIfUnused();
  }

  private void closeIfUnused() {
    if (retired && free.size() == rounds.length) {
      close();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Removes the file. Workers that have it open can read what they were told of. */
  void close() {
    closed = true;
    try {
      ring.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + ring.file(), e);
    }
  }
}
