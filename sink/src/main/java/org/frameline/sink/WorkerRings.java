package org.frameline.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.Reference;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.frameline.protocol.ring.RingReader;
import org.frameline.protocol.ring.RingTaker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rings of the workers on this machine, of each worker the newest. A worker sends references
 * once its ring says that somebody takes results out; on another machine there is no such file, and
 * results come inline. Belongs to the sink's loop; not thread-safe.
 */
final class WorkerRings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerRings.class);

  private record Ring(String file, RingTaker taker) {}

  private final long mostBytes;

  /** By worker, the one that was used last at the end. */
  private final Map<String, Ring> rings = new LinkedHashMap<>(16, 0.75f, true);

  private long read;
  private long unreadable;

  /**
   * None yet.
   *
   * @param mostBytes largest result to be read, which is copied to memory of its own
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
        RingTaker ring = open(notice.worker(), file);
        ring.take(Math.max(0, Math.min(FrameHeader.MAX_FRAME, next.longValue())));
      } catch (IOException | InvalidPathException e) {
        LOG.debug("results of {} come inline: {}", notice.worker(), e.getMessage());
      }
    }
  }

  /**
   * The result that a reference stands for, copied, as if it had come inline; empty when it cannot
   * be read, and then its frame will be dealt out again, as it will not be acknowledged.
   */
  Optional<Frame> read(Reference reference) {
    return take(
        reference,
        (ring, index, bytes) -> {
          ByteBuffer result = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
          return ring.read(index, result)
              ? Optional.of(inline(reference, result))
              : Optional.empty();
        });
  }

  /** As {@link #read} for who only wants to know that it is there; false where that gives empty. */
  boolean pass(Reference reference) {
    return take(
            reference,
            (ring, index, bytes) ->
                ring.has(index) ? Optional.of(reference.header()) : Optional.empty())
        .isPresent();
  }

  /** What is done with a result that can be read. */
  @FunctionalInterface
  private interface Use<T> {
    Optional<T> of(RingReader ring, long index, int bytes) throws IOException;
  }

  private <T> Optional<T> take(Reference reference, Use<T> use) {
    try {
      Optional<T> result = result(reference, use);
      if (result.isPresent()) {
        read++;
        return result;
      }
    } catch (IOException | InvalidPathException e) {
      LOG.debug("a result cannot be read from its ring: {}", e.getMessage());
    }
    unreadable++;
    return Optional.empty();
  }

  private <T> Optional<T> result(Reference reference, Use<T> use) throws IOException {
    FrameHeader header = reference.header();
    long index = header.number(FrameHeader.RING_INDEX).orElse(-1L);
    RingTaker ring =
        open(header.text(FrameHeader.WORKER).orElse(""), header.text(FrameHeader.RING).orElse(""));
    long bytes = header.payloadBytes();
    if (index < 0
        || index > FrameHeader.MAX_FRAME
        || bytes > Math.min(mostBytes, ring.frames().frameBytes())) {
      return Optional.empty();
    }
    Optional<T> result = use.of(ring.frames(), index, (int) bytes);
    if (result.isPresent()) {
      ring.take(index + 1);
    }
    return result;
  }

  private static Frame inline(Reference reference, ByteBuffer result) {
    return new Frame(
        reference.arrayTopic(),
        reference.header().without(FrameHeader.RING, FrameHeader.RING_INDEX),
        result);
  }

  private RingTaker open(String worker, String file) throws IOException {
    Ring known = rings.get(worker);
    if (known != null && known.file().equals(file)) {
      return known.taker();
    }
    RingTaker taker = RingTaker.open(Path.of(file), worker);
    forget(worker);
    if (rings.size() == WorkerTally.MOST_READY) {
      forget(rings.keySet().iterator().next());
    }
    rings.put(worker, new Ring(file, taker));
    return taker;
  }

  /** Nothing more comes from a worker. */
  void forget(String worker) {
    Ring ring = rings.remove(worker);
    try {
      if (ring != null) {
        ring.taker().close();
      }
    } catch (IOException e) {
      LOG.debug("cannot close {}: {}", ring.file(), e.getMessage());
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
