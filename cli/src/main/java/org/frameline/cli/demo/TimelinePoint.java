package org.frameline.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of time of one process.
 *
 * @param seconds the middle of the stretch, since the first frame
 * @param latencyMs mean from the grab to this process; NaN when no frame came
 */
record TimelinePoint(double seconds, double framesPerSecond, double latencyMs) {
  /** With fewer frames in each, the rate would jump although the camera is steady. */
  private static final double FEWEST_FRAMES = 20;

  private static final int FEWEST_POINTS = 6;

  /** Reads {@code timeline} of a report, joining neighbours that hold few frames each. */
  static List<TimelinePoint> read(JsonNode timeline) {
    List<TimelinePoint> buckets = new ArrayList<>();
    timeline.forEach(
        entry ->
            buckets.add(
                new TimelinePoint(
                    entry.path("seconds").asDouble(),
                    entry.path("frames_per_second").asDouble(),
                    entry.path("latency_ms").asDouble())));
    if (buckets.size() < 2) {
      return buckets;
    }
    double width = buckets.get(1).seconds - buckets.get(0).seconds;
    // The stream ends somewhere in the last bucket, so its rate would be too small.
    List<TimelinePoint> whole = buckets.subList(0, buckets.size() - 1);
    double perBucket =
        whole.stream().mapToDouble(p -> p.framesPerSecond * width).sum() / whole.size();
    int most = Math.max(1, whole.size() / FEWEST_POINTS);
    int joined = (int) Math.min(most, Math.max(1, Math.ceil(FEWEST_FRAMES / perBucket)));
    List<TimelinePoint> points = new ArrayList<>();
    for (int i = 0; i + joined <= whole.size(); i += joined) {
      points.add(join(whole.subList(i, i + joined), width));
    }
    return List.copyOf(points);
  }

  private static TimelinePoint join(List<TimelinePoint> buckets, double width) {
    double frames = 0;
    double latencySum = 0;
    for (TimelinePoint bucket : buckets) {
      frames += bucket.framesPerSecond;
      latencySum += bucket.framesPerSecond * bucket.latencyMs;
    }
    return new TimelinePoint(
        buckets.get(0).seconds + width * buckets.size() / 2,
        frames / buckets.size(),
        frames == 0 ? Double.NaN : latencySum / frames);
  }
}
