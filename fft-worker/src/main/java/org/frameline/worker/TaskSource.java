package org.frameline.worker;

import java.time.Duration;
import java.util.List;

/** Where a worker gets its frames from. Belongs to the worker's loop, as its socket does. */
interface TaskSource extends AutoCloseable {
  /** One message as it came, three parts; null when there is none now. */
  List<byte[]> take();

  /** Whether the ventilator is there. */
  boolean isConnected();

  /** Call often, also between two frames: tells the ventilator that this worker is alive. */
  void tick(long nowNs);

  /** The worker takes no more. */
  void leave();

  /** How long what was said last may take to leave. */
  Duration LINGER = Duration.ofMillis(200);

  @Override
  void close();
}
