package org.frameline.sink;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FramePixels;
import org.frameline.protocol.StreamMessage.Reference;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rings of the workers on this machine, of each worker the newest. A worker sends references
 * once its ring says that somebody takes results out; on another machine there is no such file, and
 * results come inline. Belongs to the sink's loop; not thread-safe.
 */
final class WorkerRings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerRings.class);

  /** By worker, the one that was used last at the end. */
  private final Map<String, WorkerRing> rings = new LinkedHashMap<>(16, 0.75f, true);

  private final long mostBytes;
  private long read;
  private long unreadable;

  /**
   * None yet.
   *
   * @param mostBytes largest result that is taken
   */
  WorkerRings(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Opens a worker's ring, and tells the worker that what it sent before needs no room there. */
  void notice(WorkerNotice notice) {
    if (notice.state() == WorkerNotice.State.LEAVING) {
      forget(notice.worker());
    } else if (notice.extra().get(FrameHeader.RING) instanceof String file
        && notice.extra().get(FrameHeader.RING_INDEX) instanceof Number next) {
      try {
        open(notice.worker(), file)
            .takenBelow(Math.max(0, Math.min(FrameHeader.MAX_FRAME, next.longValue())));
      } catch (IOException | InvalidPathException e) {
        LOG.debug("results of {} come inline: {}", notice.worker(), e.getMessage());
      }
    }
  }

  /**
   * The result that a reference stands for, which keeps its slot until it is released; empty when
   * it is not there, and then its frame will be dealt out again, as it will not be acknowledged.
   */
  Optional<Result> find(Reference reference) {
    return take(
        reference,
        (ring, index) -> {
          FrameHeader header = reference.header().without(FrameHeader.RING, FrameHeader.RING_INDEX);
          FramePixels numbers = ring.hold(index, (int) header.payloadBytes());
          return new Result(header, numbers, () -> ring.release(index));
        });
  }

  /** As {@link #find} for who only wants to know that it is there; false where that gives empty. */
  boolean pass(Reference reference) {
    return take(
            reference,
            (ring, index) -> {
              ring.release(index);
              return reference.header();
            })
        .isPresent();
  }

  /** A reference came by another connection than its worker's; it says nothing of that ring. */
  void refuse() {
    unreadable++;
  }

  /** What is done with a result that is there. */
  @FunctionalInterface
  private interface Use<T> {
    T of(WorkerRing ring, long index);
  }

  private <T> Optional<T> take(Reference reference, Use<T> use) {
    FrameHeader header = reference.header();
    long index = header.number(FrameHeader.RING_INDEX).orElse(-1L);
    try {
      WorkerRing ring =
          open(
              header.text(FrameHeader.WORKER).orElse(""), header.text(FrameHeader.RING).orElse(""));
      if (header.payloadBytes() <= mostBytes && ring.fits(header, index) && ring.has(index)) {
        read++;
        return Optional.of(use.of(ring, index));
      }
    } catch (IOException | InvalidPathException e) {
      LOG.debug("a result cannot be read from its ring: {}", e.getMessage());
    }
    unreadable++;
    return Optional.empty();
  }

  private WorkerRing open(String worker, String file) throws IOException {
    WorkerRing known = rings.get(worker);
    if (known != null && known.isAt(file)) {
      return known;
    }
    WorkerRing ring = WorkerRing.open(file, worker);
    forget(worker);
    if (rings.size() == WorkerTally.MOST_READY) {
      forget(rings.keySet().iterator().next());
    }
    rings.put(worker, ring);
    return ring;
  }

  /** Nothing more comes from a worker. */
  void forget(String worker) {
    WorkerRing ring = rings.remove(worker);
    if (ring != null) {
      ring.leave();
    }
  }

  /** How many results were read from rings. */
  long read() {
    return read;
  }

  /** References to results that could not be read. */
  long unreadable() {
    return unreadable;
  }

  @Override
  public void close() {
    List.copyOf(rings.keySet()).forEach(this::forget);
  }
}
