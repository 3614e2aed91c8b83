package org.frameline.program;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.frameline.protocol.Endpoint;

/**
 * What the file of a running process says. Immutable.
 *
 * @param program the command, for instance {@code publish}
 * @param pid number of the process
 * @param started when it started, for people
 * @param start tells it from a later process with that number
 * @param control where it answers
 * @param about what it works on: a stream, a topic or a worker's name
 */
public record RunningProcess(
    String program, long pid, String started, String start, Endpoint control, String about) {

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("program", program);
    json.put("pid", pid);
    json.put("started", started);
    json.put("start", start);
    json.put("control", control.toString());
    json.put("about", about);
    return json;
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static RunningProcess fromJson(Map<String, Object> json) {
    return new RunningProcess(
        text(json, "program"),
        ((Number) of(json, "pid", Number.class)).longValue(),
        text(json, "started"),
        text(json, "start"),
        Endpoint.parse(text(json, "control")),
        text(json, "about"));
  }

  private static String text(Map<String, Object> json, String key) {
    return (String) of(json, key, String.class);
  }

  private static Object of(Map<String, Object> json, String key, Class<?> type) {
    Object value = json.get(key);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          key + ": expected a " + type.getSimpleName() + ", found " + value);
    }
    return value;
  }

  /** Whether the process runs; one of the same number that started later is another. */
  public boolean isAlive() {
    Optional<String> found = ProcessStart.of(pid);
    return found.isPresent() && (found.get().isEmpty() || found.get().equals(start));
  }

  /** For people: program and number. */
  public String label() {
    return program + " " + pid;
  }
}
