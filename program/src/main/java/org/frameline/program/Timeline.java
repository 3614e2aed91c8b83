package org.frameline.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Frames per second and latency over time, in at most {@value #MOST_BUCKETS} buckets: when they are
 * used up, neighbours are joined and each lasts twice as long. Not thread-safe.
 */
public final class Timeline {
  static final int MOST_BUCKETS = 240;
  private static final long FIRST_BUCKET_NS = 250_000_000L;
  private static final double NS_PER_S = 1e9;
  private static final double NS_PER_MS = 1e6;

  private static final class Bucket {
    private final Latency latency = Latency.coarse();
    private long latencySumNs;
    private long latencyMaxNs;

    void join(Bucket other) {
      latency.add(other.latency);
      latencySumNs += other.latencySumNs;
      latencyMaxNs = Math.max(latencyMaxNs, other.latencyMaxNs);
    }
  }

  private List<Bucket> buckets = new ArrayList<>();
  private long bucketNs = FIRST_BUCKET_NS;
  private long startNs;

  /**
   * Counts a frame.
   *
   * @param nowNs monotonic clock
   * @param latencyNs its latency
   */
  public void count(long nowNs, long latencyNs) {
    if (buckets.isEmpty()) {
      startNs = nowNs;
    }
    while ((nowNs - startNs) / bucketNs >= MOST_BUCKETS) {
      joinNeighbours();
    }
    int index = (int) ((nowNs - startNs) / bucketNs);
    while (buckets.size() <= index) {
      buckets.add(new Bucket());
    }
    Bucket bucket = buckets.get(index);
    bucket.latency.record(latencyNs);
    bucket.latencySumNs += latencyNs;
    bucket.latencyMaxNs = Math.max(bucket.latencyMaxNs, latencyNs);
  }

  private void joinNeighbours() {
    List<Bucket> joined = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i += 2) {
      Bucket bucket = buckets.get(i);
      if (i + 1 < buckets.size()) {
        bucket.join(buckets.get(i + 1));
      }
      joined.add(bucket);
    }
    buckets = joined;
    bucketNs *= 2;
  }

  /**
   * One entry per bucket: {@code seconds} since the first frame, {@code frames_per_second}, {@code
   * latency_ms} (mean), {@code latency_p50_ms}, {@code latency_p99_ms} and {@code latency_max_ms}.
   */
  public List<Map<String, Object>> toReport() {
    List<Map<String, Object>> report = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      Bucket bucket = buckets.get(i);
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("seconds", i * bucketNs / NS_PER_S);
      long frames = bucket.latency.count();
      entry.put("frames_per_second", frames * NS_PER_S / bucketNs);
      entry.put("latency_ms", frames == 0 ? 0 : bucket.latencySumNs / NS_PER_MS / frames);
      entry.put("latency_p50_ms", bucket.latency.percentileMs(50));
      entry.put("latency_p99_ms", bucket.latency.percentileMs(99));
      entry.put("latency_max_ms", bucket.latencyMaxNs / NS_PER_MS);
      report.add(entry);
    }
    return report;
  }

  /** Latencies of the later half of the time, when programs have started and code is compiled. */
  public Latency secondHalf() {
    Latency half = Latency.coarse();
    buckets.subList(buckets.size() / 2, buckets.size()).forEach(bucket -> half.add(bucket.latency));
    return half;
  }
}
