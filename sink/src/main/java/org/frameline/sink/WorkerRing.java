package org.frameline.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FramePixels;
import org.frameline.protocol.StreamMessage.References;
import org.frameline.protocol.ring.RingTaker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ring of one worker: which of its results wait here for their turn, so that the worker writes
 * over none of them. Belongs to the sink's loop; not thread-safe.
 */
final class WorkerRing {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerRing.class);

  private final String file;
  private final RingTaker taker;
  private final TreeSet<Long> held = new TreeSet<>();

  /** No result below this one is to come from the ring any more. */
  private long next;

  private boolean isLeft;

  private WorkerRing(String file, RingTaker taker) {
    this.file = file;
    this.taker = taker;
  }

  static WorkerRing open(String file, String worker) throws IOException {
    RingTaker taker = RingTaker.open(Path.of(file), worker);
    try {
      taker.takesTogether(References.MOST);
      return new WorkerRing(file, taker);
    } catch (IOException e) {
      taker.close();
      throw e;
    }
  }

  boolean isAt(String other) {
    return file.equals(other);
  }

  /** Whether this could be a result in it. */
  boolean fits(FrameHeader header, long index) {
    return index >= 0
        && index <= FrameHeader.MAX_FRAME
        && header.payloadBytes() <= taker.frames().frameBytes();
  }

  /** Whether a result is there, whole. */
  boolean has(long index) throws IOException {
    return taker.frames().has(index);
  }

  /** A result, which stays until it is released. */
  FramePixels hold(long index, int bytes) {
    held.add(index);
    return taker.frames().pixels(index, bytes);
  }

  /** A result is needed no more, nor are those before it that were never held. */
  void release(long index) {
    held.remove(index);
    try {
      takenBelow(index + 1);
    } catch (IOException e) {
      LOG.debug("cannot tell the writer of {} what was taken: {}", file, e.getMessage());
    }
    closeIfUnused();
  }

  /** No result below this one is to come; tells the worker. */
  void takenBelow(long index) throws IOException {
    next = Math.max(next, index);
    if (!isLeft) {
      taker.take(held.isEmpty() ? next : Math.min(next, held.first()));
    }
  }

  /** Nothing more comes from it; what is held stays. */
  void leave() {
    isLeft = true;
    closeIfUnused();
  }

  private void closeIfUnused() {
    if (isLeft && held.isEmpty()) {
      try {
        taker.close();
      } catch (IOException e) {
        LOG.debug("cannot close {}: {}", file, e.getMessage());
      }
    }
  }
}
