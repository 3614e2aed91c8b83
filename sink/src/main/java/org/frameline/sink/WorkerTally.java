package org.frameline.sink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage.References;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.frameline.protocol.Token;
import org.frameline.protocol.ring.RingDirectory;
import org.frameline.protocol.socket.Peer;

/**
 * Which workers there are and what each has done. A worker that is ready has its name for itself:
 * others can neither say that it leaves nor what it can read. Not thread-safe.
 */
final class WorkerTally {
  /** So many names, of this length, fit into one answer on the handshake socket. */
  static final int MOST_READY = 250;

  static final int LONGEST_NAME = 100;

  /** Names that one connection can be ready under; a worker has one. */
  static final int MOST_BY_ONE = 4;

  /** A worker says every second that it is ready; one that is killed or stopped does not. */
  static final Duration SILENT_AFTER = Duration.ofSeconds(4);

  /** The key under which a worker says how many frames it can hold. */
  private static final String ROOM = "room";

  private static final long MOST_ROOM = 10_000;
  private static final int MOST_NAMES = 10_000;
  private static final double NS_PER_MS = 1e6;

  private static final class Work {
    private long frames;
    private long transformNs;
  }

  private static final class Presence {
    private String token;
    private Peer from;
    private long seenNs;
    private String ringDomain = "";
    private long room;
    private long together;
  }

  /**
   * What workers say of the rings that all of them can read.
   *
   * @param domain names where
   * @param room how many frames they can hold between them
   * @param together how many references in one message all of them take
   */
  record RingReaders(String domain, long room, long together) {}

  /** By name; a worker says of itself where it can read rings. */
  private final Map<String, Presence> ready = new LinkedHashMap<>();

  private final Map<String, Work> work = new LinkedHashMap<>();

  /** In the bytes of an answer, where a control character takes six and a quote two. */
  private static boolean isShort(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
        && name.chars().noneMatch(Character::isISOControl);
  }

  /** Whether a name can stand in an answer; what is counted already can. */
  private boolean isTold(String name) {
    return work.containsKey(name) || isShort(name);
  }

  /**
   * Takes a notice.
   *
   * @param from the connection it came by
   * @return whether it is believed; not when the name is another's, or one too many
   */
  boolean notice(WorkerNotice notice, Peer from, long nowNs) {
    String token = Token.of(notice.extra().get(Token.KEY));
    Presence known = ready.get(notice.worker());
    if (known == null ? !mayBegin(notice.worker(), from) : !isOf(known, token, from)) {
      return false;
    }
    if (notice.state() == WorkerNotice.State.LEAVING) {
      ready.remove(notice.worker());
    } else {
      Presence presence = ready.computeIfAbsent(notice.worker(), name -> new Presence());
      presence.token = token;
      presence.from = from;
      presence.seenNs = nowNs;
      presence.ringDomain =
          notice.extra().get(RingDirectory.DOMAIN) instanceof String domain ? domain : "";
      presence.room = count(notice, ROOM, MOST_ROOM);
      presence.together = count(notice, References.KEY, References.MOST);
    }
    return true;
  }

  private boolean mayBegin(String worker, Peer from) {
    long by = ready.values().stream().filter(presence -> presence.from.equals(from)).count();
    return ready.size() < MOST_READY && by < MOST_BY_ONE && isShort(worker);
  }

  /** With a token it may have connected anew; without one its connection is all that is known. */
  private static boolean isOf(Presence known, String token, Peer from) {
    return token.equals(known.token) && (!token.isEmpty() || from.equals(known.from));
  }

  /**
   * Whether a result can be of the worker that it names: others have not come by its connection.
   */
  boolean mayBeFrom(FrameHeader header, Peer from) {
    Presence presence = header.text(FrameHeader.WORKER).map(ready::get).orElse(null);
    return presence == null || presence.from.equals(from);
  }

  /** What a worker says of itself; 1 when it does not. */
  private static long count(WorkerNotice notice, String key, long most) {
    return notice.extra().get(key) instanceof Number said
        ? Math.max(1, Math.min(most, said.longValue()))
        : 1;
  }

  /**
   * Forgets workers that have given no sign of life for {@link #SILENT_AFTER}; one that was only
   * stopped comes back with its next notice.
   *
   * @return their names
   */
  List<String> forgetSilent(long nowNs) {
    List<String> silent = new ArrayList<>();
    ready.forEach(
        (name, presence) -> {
          if (nowNs - presence.seenNs > SILENT_AFTER.toNanos()) {
            silent.add(name);
          }
        });
    silent.forEach(ready::remove);
    return silent;
  }

  void result(FrameHeader header, Peer from, long nowNs) {
    String worker =
        header
            .text(FrameHeader.WORKER)
            .filter(this::isTold)
            .filter(name -> mayBeFrom(header, from))
            .orElse("unnamed");
    Presence presence = ready.get(worker);
    if (presence != null) {
      presence.seenNs = nowNs;
    }
    if (work.size() >= MOST_NAMES && !work.containsKey(worker)) {
      return;
    }
    Work done = work.computeIfAbsent(worker, name -> new Work());
    done.frames++;
    done.transformNs += header.number(FrameHeader.TRANSFORM_NS).orElse(0L);
  }

  /** Names of the workers that said they are ready, lately, and did not say goodbye. */
  List<String> ready() {
    return List.copyOf(ready.keySet());
  }

  /** Empty when the workers that are ready cannot all read the same rings. */
  Optional<RingReaders> ringReaders() {
    List<String> domains =
        ready.values().stream().map(presence -> presence.ringDomain).distinct().toList();
    if (domains.size() != 1 || domains.get(0).isEmpty() || !isShort(domains.get(0))) {
      return Optional.empty();
    }
    long room = ready.values().stream().mapToLong(presence -> presence.room).sum();
    long together =
        ready.values().stream().mapToLong(presence -> presence.together).min().orElse(1);
    return Optional.of(new RingReaders(domains.get(0), room, together));
  }

  /** Per worker {@code frames}, {@code share} from 0 to 1, and {@code transform_ms}, the mean. */
  Map<String, Object> toReport() {
    long total = work.values().stream().mapToLong(done -> done.frames).sum();
    Map<String, Object> report = new LinkedHashMap<>();
    work.forEach(
        (worker, done) ->
            report.put(
                worker,
                Map.of(
                    "frames", done.frames,
                    "share", (double) done.frames / total,
                    "transform_ms", done.transformNs / NS_PER_MS / done.frames)));
    return report;
  }
}
