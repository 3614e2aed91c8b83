package org.frameline.recording;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What made an entry out of others, which becomes its group {@code process} (NXprocess). Immutable.
 *
 * @param program name of the program
 * @param version its version
 * @param date when it did
 * @param parameters what it was asked for: a String, Integer, Long, Double, Boolean, or List of
 *     String or of Integer
 */
public record Derivation(
    String program, String version, Instant date, Map<String, Object> parameters) {

  public Derivation {
    Objects.requireNonNull(program, "program");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(date, "date");
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }
}
