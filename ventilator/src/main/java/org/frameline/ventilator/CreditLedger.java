package org.frameline.ventilator;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.Token;

/**
 * Which workers have asked for how many frames. A worker says how many it has received and how many
 * it has room for beyond those, so a word that is lost or repeated does no harm. A name belongs to
 * the connection that said it first, until that has fallen silent, or another one shows the same
 * token. Pure logic, times are monotonic nanoseconds. Not thread-safe.
 */
final class CreditLedger {
  static final int MOST_WORKERS = 1_000;
  static final int LONGEST_NAME = 100;
  static final int MOST_ROOM = 32;
  static final Duration SILENT_AFTER = Duration.ofSeconds(4);

  /** One connection of one worker. */
  static final class Worker {
    private final byte[] address;
    private final String name;
    private final String holder;
    private final String token;
    private long received;
    private long room;
    private long sent;
    private long heardNs;
    private long lastDeal;
    private boolean silent;
    private String ringDomain = "";

    private Worker(byte[] address, String name, String token, String holder, long received) {
      this.address = address;
      this.name = name;
      this.token = token;
      this.holder = holder;
      this.sent = received;
    }

    byte[] address() {
      return address;
    }

    String name() {
      return name;
    }

    /** Names this connection of this worker. */
    String holder() {
      return holder;
    }

    /** Names where it can read rings; empty when it cannot, or did not say. */
    String ringDomain() {
      return ringDomain;
    }

    boolean isSilent() {
      return silent;
    }

    private long credit() {
      return silent ? 0 : received + room - sent;
    }
  }

  private final Map<ByteBuffer, Worker> workers = new LinkedHashMap<>();
  private long connections;
  private long deals;

  /**
   * Whether a name is free for a connection: nobody else has it, or it has fallen silent, or is the
   * same worker, which connected anew.
   *
   * @param token what shows that it is the same; {@link Token#NONE} for nothing
   */
  boolean isFree(byte[] address, String name, String token) {
    Worker before = workers.containsKey(ByteBuffer.wrap(address)) ? null : named(name);
    return before == null || before.silent || (!token.isEmpty() && token.equals(before.token));
  }

  /**
   * A worker asks for frames, under a name that is {@link #isFree free} for it.
   *
   * @param token what it shows when it connects anew
   * @param received how many it has received in its life
   * @param room how many more it can hold
   * @param ringDomain names where it can read rings; may be empty
   * @return the holder that this connection replaces, because the worker connected anew, or null
   */
  String asked(
      byte[] address,
      String name,
      String token,
      long received,
      long room,
      String ringDomain,
      long nowNs) {
    ByteBuffer key = ByteBuffer.wrap(address.clone());
    Worker worker = workers.get(key);
    String replaced = null;
    if (worker == null) {
      if (name.length() > LONGEST_NAME) {
        return null;
      }
      Worker before = named(name);
      if (before != null) {
        workers.remove(ByteBuffer.wrap(before.address));
        replaced = before.holder;
      } else if (workers.size() >= MOST_WORKERS) {
        return null;
      }
      worker = new Worker(address.clone(), name, token, name + "#" + connections++, received);
      workers.put(key, worker);
    }
    worker.received = received;
    worker.room = Math.min(MOST_ROOM, room);
    worker.ringDomain = ringDomain;
    worker.heardNs = nowNs;
    worker.silent = false;
    return replaced;
  }

  private Worker named(String name) {
    return workers.values().stream().filter(w -> w.name.equals(name)).findFirst().orElse(null);
  }

  /** A worker is gone; returns what it held frames as, or null when it was not known. */
  String left(byte[] address) {
    Worker worker = workers.remove(ByteBuffer.wrap(address));
    return worker == null ? null : worker.holder;
  }

  /**
   * Who gets the next frame: whoever has most room, and of those who waited longest.
   *
   * @param notAgain a holder that gets it only when nobody else has room
   * @return null when nobody has room
   */
  Worker next(String notAgain) {
    return workers.values().stream()
        .filter(worker -> worker.credit() > 0)
        .max(
            Comparator.<Worker, Boolean>comparing(worker -> !worker.holder.equals(notAgain))
                .thenComparing(Worker::credit)
                .thenComparing(worker -> -worker.lastDeal))
        .orElse(null);
  }

  /** A frame went to this worker. */
  void dealt(Worker worker) {
    worker.sent++;
    worker.lastDeal = ++deals;
  }

  /** Workers that have fallen silent since the last call; they get nothing until they speak. */
  List<Worker> fallenSilent(long nowNs) {
    List<Worker> fallen = new ArrayList<>();
    for (Worker worker : workers.values()) {
      if (!worker.silent && nowNs - worker.heardNs > SILENT_AFTER.toNanos()) {
        worker.silent = true;
        fallen.add(worker);
      }
    }
    return fallen;
  }

  /** All that are known, the silent ones too. */
  List<Worker> workers() {
    return List.copyOf(workers.values());
  }
}
