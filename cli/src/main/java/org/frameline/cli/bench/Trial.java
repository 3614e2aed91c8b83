package org.frameline.cli.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What came of sending at a part of the predicted rate. Immutable.
 *
 * @param share of the predicted rate
 * @param asked frames per second that were asked for
 * @param reached frames per second that the publisher reached
 * @param published frames
 * @param recorded of these
 * @param transformed of these
 * @param transformedPerSecond from the first result to the last
 */
record Trial(
    double share,
    double asked,
    double reached,
    long published,
    long recorded,
    long transformed,
    double transformedPerSecond) {
  /**
   * Who is slower than this part of what was asked for has not kept up; what lies between the two
   * is more than clocks and the few frames in a camera's own buffer explain.
   */
  private static final double KEEPS_UP = 0.95;

  /** How it went. */
  enum Outcome {
    /** Everything was recorded and transformed, and in time. */
    KEPT_UP("kept up"),
    /** Nothing was lost yet, but the queues were filling: a longer run loses frames. */
    FELL_BEHIND("fell behind"),
    /** Frames are missing, or a camera would have had to drop some. */
    LOST("lost frames");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Frames that are not in the recording. */
  long notRecorded() {
    return published - recorded;
  }

  /** Frames that no worker has transformed for the sink. */
  long notTransformed() {
    return published - transformed;
  }

  /**
   * Frames that a camera of this rate would have delivered while the publisher sent those that it
   * sent, and that nobody would have taken.
   */
  long notTaken() {
    return reached > 0 && reached < KEEPS_UP * asked
        ? Math.round(published * (asked / reached - 1))
        : 0;
  }

  boolean hasLost() {
    return notTaken() > 0 || notRecorded() > 0 || notTransformed() > 0;
  }

  Outcome outcome() {
    if (hasLost()) {
      return Outcome.LOST;
    }
    return transformedPerSecond < KEEPS_UP * asked ? Outcome.FELL_BEHIND : Outcome.KEPT_UP;
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("share", share);
    json.put("asked_per_second", asked);
    json.put("reached_per_second", reached);
    json.put("transformed_per_second", transformedPerSecond);
    json.put("published", published);
    json.put("not_taken", notTaken());
    json.put("not_recorded", notRecorded());
    json.put("not_transformed", notTransformed());
    json.put("outcome", outcome().key());
    return json;
  }
}
