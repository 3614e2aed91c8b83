package org.frameline.worker;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage.Reference;
import org.frameline.protocol.ring.RingReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rings of ventilators on this machine, where the pixels of tasks stand. Belongs to the
 * worker's loop; what it gives out may be read by other threads.
 */
final class TaskRings implements AutoCloseable {
  private static final String WRITER = "ventilator";

  /** The one that is written, and those before it of which tasks may be under way. */
  private static final int MOST_OPEN = 3;

  private static final Logger LOG = LoggerFactory.getLogger(TaskRings.class);

  /** By file, the one that was used last at the end. */
  private final Map<String, RingReader> rings = new LinkedHashMap<>(16, 0.75f, true);

  /** The task that a reference stands for. */
  Task find(Reference reference) throws IOException {
    FrameHeader header = reference.header();
    long index = header.number(FrameHeader.RING_INDEX).orElse(-1L);
    RingReader ring = open(header.text(FrameHeader.RING).orElse(""));
    if (index < 0 || index > FrameHeader.MAX_FRAME || header.payloadBytes() > ring.frameBytes()) {
      throw new IOException("expected a slot of the ring, found one that it cannot have");
    }
    return new Task(
        reference.arrayTopic(),
        header.without(FrameHeader.RING, FrameHeader.RING_INDEX),
        ring.pixels(index, (int) header.payloadBytes()));
  }

  private RingReader open(String file) throws IOException {
    RingReader known = rings.get(file);
    if (known != null) {
      return known;
    }
    try {
      RingReader ring = RingReader.openOneOf(Path.of(file), WRITER);
      rings.put(file, ring);
      if (rings.size() > MOST_OPEN) {
        close(rings.remove(rings.keySet().iterator().next()));
      }
      return ring;
    } catch (InvalidPathException e) {
      throw new IOException("expected the name of a file: " + e.getReason(), e);
    }
  }

  private static void close(RingReader ring) {
    try {
      ring.close();
    } catch (IOException e) {
      LOG.debug("cannot close a ring: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    rings.values().forEach(TaskRings::close);
    rings.clear();
  }
}
