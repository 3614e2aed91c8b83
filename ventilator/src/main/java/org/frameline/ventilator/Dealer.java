package org.frameline.ventilator;

import java.util.List;
import java.util.Set;
import org.frameline.protocol.StreamMessage;

/**
 * A way of dealing out frames to workers. It knows connections and workers; which frames are to be
 * dealt out, and again, is the business of {@link Outstanding}, which it tells what it has lost.
 * Belongs to the ventilator's loop, as its sockets do.
 */
interface Dealer extends AutoCloseable {
  /** How many frames may go to a worker together, if they are in the ring. */
  int mostTogether();

  /**
   * Gives frames to a worker.
   *
   * @param tasks one, or up to {@link #mostTogether} whose pixels stand in the ring
   * @return the worker, or whatever is known of it; null when none has room for them now
   */
  String deal(List<Task> tasks);

  /** Whether there are workers that can read a ring of ours. */
  boolean ringIsRead();

  /** Call often: looks after the workers. */
  void tick(long nowNs);

  /**
   * Tells workers that no more will come. All frames have arrived, so no worker has anything to do.
   *
   * @param staying names of the workers that the sink still knows
   */
  void sendHome(Set<String> staying, StreamMessage.SeriesEnd end);

  @Override
  void close();
}
