package org.frameline.sink;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage.WorkerNotice;

/** Which workers there are and what each has done. Not thread-safe. */
final class WorkerTally {
  /** So many names, of this length, fit into one answer on the handshake socket. */
  static final int MOST_READY = 250;

  static final int LONGEST_NAME = 100;
  private static final int MOST_NAMES = 10_000;
  private static final double NS_PER_MS = 1e6;

  private static final class Work {
    private long frames;
    private long transformNs;
  }

  private final Set<String> ready = new LinkedHashSet<>();
  private final Map<String, Work> work = new LinkedHashMap<>();

  /** In the bytes of an answer, where a control character takes six and a quote two. */
  private static boolean isShort(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
        && name.chars().noneMatch(Character::isISOControl);
  }

  void notice(WorkerNotice notice) {
    if (notice.state() == WorkerNotice.State.LEAVING) {
      ready.remove(notice.worker());
    } else if (ready.size() < MOST_READY && isShort(notice.worker())) {
      ready.add(notice.worker());
    }
  }

  void result(FrameHeader header) {
    String worker = header.text(FrameHeader.WORKER).filter(WorkerTally::isShort).orElse("unnamed");
    if (work.size() >= MOST_NAMES && !work.containsKey(worker)) {
      return;
    }
    Work done = work.computeIfAbsent(worker, name -> new Work());
    done.frames++;
    done.transformNs += header.number(FrameHeader.TRANSFORM_NS).orElse(0L);
  }

  /** Names of the workers that said they are ready and did not say goodbye. */
  List<String> ready() {
    return List.copyOf(ready);
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
