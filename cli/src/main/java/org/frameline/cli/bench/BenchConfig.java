package org.frameline.cli.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What shall be measured. Immutable, validated.
 *
 * @param camera the frames to do it with
 * @param directory where files may be written; they go when it is over
 * @param sections what is measured, in their order
 * @param seconds for all sections together; 0 for the usual time
 * @param prove whether to try the prediction
 */
record BenchConfig(
    Camera camera, Path directory, Set<Section> sections, int seconds, boolean prove) {
  private static final int LONGEST = 3_600;

  BenchConfig {
    sections = EnumSet.copyOf(sections);
    if (seconds < 0 || seconds > LONGEST) {
      throw new IllegalArgumentException(
          "--seconds: expected 1 to " + LONGEST + ", found " + seconds);
    }
    if (prove && !sections.contains(Section.PIPELINE)) {
      throw new IllegalArgumentException(
          "--prove: expected pipeline among what is measured, found --only without it");
    }
  }

  /** How long a section is measured. */
  Duration time(Section section) {
    double usual = sections.stream().mapToInt(Section::usualSeconds).sum();
    double factor = seconds == 0 ? 1 : seconds / usual;
    return Duration.ofMillis(Math.round(1_000 * factor * section.usualSeconds()));
  }
}
