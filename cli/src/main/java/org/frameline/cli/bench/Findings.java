package org.frameline.cli.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was found so far, and what could not be. One thread. */
final class Findings {
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  void add(Measurement measurement) {
    measurements.add(measurement);
  }

  /** What a person should know about the figures, one sentence. */
  void note(String sentence) {
    notes.add(sentence);
  }

  List<Measurement> of(Section section) {
    return measurements.stream().filter(found -> found.section() == section).toList();
  }

  /** The first that was measured in a section under these circumstances. */
  Optional<Measurement> find(Section section, Map<String, Object> at) {
    return of(section).stream().filter(found -> found.isAt(at)).findFirst();
  }

  List<String> notes() {
    return Collections.unmodifiableList(notes);
  }
}
