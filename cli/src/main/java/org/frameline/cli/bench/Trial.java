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
  /** Who is slower than this part of what was asked for has not kept up. */
  private static final double KEEPS_UP = 0.95;

  /** How it went. */
  enum Outcome {
    /** Everything was recorded and transformed, and in time. */
    KEPT_UP("kept up"),
    /** Nothing was lost yet, but the queues were filling: a longer run loses frames. */
    FELL_BEHIND("fell behind"),
    /** The publisher did not get to send so many frames. */
    NOT_REACHED("did not reach that rate"),
    /** Frames are missing. */
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

  boolean hasLost() {
    return notRecorded() > 0 || notTransformed() > 0;
  }

  Outcome outcome() {
    if (hasLost()) {
      return Outcome.LOST;
    }
    if (reached < KEEPS_UP * asked) {
      return Outcome.NOT_REACHED;
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
    json.put("not_recorded", notRecorded());
    json.put("not_transformed", notTransformed());
    json.put("outcome", outcome().key());
    return json;
  }
}
