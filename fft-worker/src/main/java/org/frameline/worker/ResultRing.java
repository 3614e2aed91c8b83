package org.frameline.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.Reference;
import org.frameline.protocol.ring.FrameRing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory for results. A sink on the same machine opens the ring that {@link #facts} names, says so
 * in it, and takes results out; then they are written there, and only references travel. A result
 * that finds no free slot, or no reader, goes inline. Belongs to the worker's loop; not
 * thread-safe.
 */
final class ResultRing implements AutoCloseable {
  /** As many as the queues on the way can hold, and the one that is being read. */
  private static final int ON_THE_WAY = 7;

  private static final int FEWEST_SLOTS = 2;
  private static final long MOST_BYTES = 256L << 20;
  private static final Logger LOG = LoggerFactory.getLogger(ResultRing.class);

  private final Optional<Path> directory;
  private final String worker;
  private final int mostSlots;
  private FrameRing ring;
  private int rings;
  private int largestAsked;
  private long next;
  private long sent;
  private boolean announced;
  private long referred;

  /**
   * Memory for one result.
   *
   * @param memory its bytes, little endian
   * @param index its number in the ring, negative when it is not there
   */
  record Place(ByteBuffer memory, long index) {}

  /**
   * Without a ring, until the size of a result is known.
   *
   * @param directory where rings are; without one results go inline
   * @param made how many results may be in the making at once
   */
  ResultRing(Optional<Path> directory, String worker, int made) {
    this.directory = directory;
    this.worker = worker;
    this.mostSlots = ON_THE_WAY + made;
  }

  /**
   * Makes a ring for results of this size, when there is none yet or it is too small. When none can
   * be made, results of this size go inline. Not while any result is in the making.
   */
  void prepare(int bytes) {
    if (bytes <= largestAsked) {
      return;
    }
    largestAsked = bytes;
    int slots = Math.min(mostSlots, FrameRing.slotsIn(MOST_BYTES, bytes));
    close();
    if (slots < FEWEST_SLOTS || directory.isEmpty()) {
      return;
    }
    try {
      ring = FrameRing.create(directory.get(), worker + "-" + rings, bytes, slots);
      rings++;
      next = 0;
      sent = 0;
      announced = false;
    } catch (IOException e) {
      LOG.warn("results go inline: no room for a ring: {}", e.getMessage());
    }
  }

  /** Where to write a result of this many bytes. Results are sent in the order of their places. */
  Place place(int bytes) {
    if (ring != null && bytes <= ring.frameBytes() && hasFreeSlot()) {
      Place place = new Place(ring.begin(next).limit(bytes), next);
      next++;
      return place;
    }
    return new Place(ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN), -1);
  }

  private boolean hasFreeSlot() {
    long taken = ring.taken();
    return taken >= 0 && next - taken < ring.slots();
  }

  /** What to send for a result that was written to its place. */
  StreamMessage message(Place place, Frame result) {
    if (place.index() < 0) {
      return result;
    }
    ring.commit(place.index());
    sent = place.index() + 1;
    FrameHeader header =
        result
            .header()
            .with(
                Map.of(
                    FrameHeader.RING, ring.file().toString(),
                    FrameHeader.RING_INDEX, place.index()));
    referred++;
    return new Reference(Reference.TOPIC + result.topic(), header);
  }

  /** How many references in one message the sink takes. */
  long together() {
    return ring == null ? 1 : ring.together();
  }

  /** Nothing was written to this place, and nothing will be sent. */
  void discard(Place place) {
    sent = place.index() < 0 ? sent : place.index() + 1;
  }

  /** Whether there is a ring whose {@link #facts} nobody has asked for. */
  boolean isUnannounced() {
    return ring != null && !announced;
  }

  /**
   * What the sink has to know, for a notice: which ring, and what number the next result has that
   * will be sent.
   */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    if (ring != null) {
      announced = true;
      facts.put(FrameHeader.RING, ring.file().toString());
      facts.put(FrameHeader.RING_INDEX, sent);
    }
    return facts;
  }

  /** How many results went through a ring. */
  long referred() {
    return referred;
  }

  /** Removes the file. A sink that has opened it can still read what it was told of. */
  @Override
  public void close() {
    if (ring == null) {
      return;
    }
    try {
      ring.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + ring.file(), e);
    } finally {
      ring = null;
    }
  }
}
