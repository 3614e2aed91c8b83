package org.frameline.cli.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One figure. Immutable.
 *
 * @param at under which circumstances, by the keys of the section
 * @param bytes of what is counted
 * @param perSecond how many of them per second
 */
record Measurement(Section section, Map<String, Object> at, long bytes, Spread perSecond) {
  Measurement {
    at = Map.copyOf(at);
  }

  double bytesPerSecond() {
    return bytes * perSecond.median();
  }

  /** Whether it was measured under these circumstances. */
  boolean isAt(Map<String, Object> some) {
    return at.entrySet().containsAll(some.entrySet());
  }

  /** The whole number that stands at a key. */
  int number(String key) {
    return ((Number) at.get(key)).intValue();
  }

  /** What tells its row from the others. */
  List<String> row() {
    return section.rows().stream().map(this::text).toList();
  }

  /** What tells its column from the others; empty in a table with one. */
  String column() {
    return section.column() == null ? "" : text(section.column());
  }

  private String text(String key) {
    Object value = at.get(key);
    return value instanceof Boolean is ? (is ? "yes" : "no") : String.valueOf(value);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json =
        section.rows().stream()
            .collect(Collectors.toMap(key -> key, at::get, (a, b) -> a, LinkedHashMap::new));
    if (section.column() != null) {
      json.put(section.column(), at.get(section.column()));
    }
    json.put("bytes", bytes);
    json.put("per_second", perSecond.toJson());
    json.put("bytes_per_second", bytesPerSecond());
    return json;
  }
}
