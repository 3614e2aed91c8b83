package org.frameline.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON summary that every program writes for {@code --report}. Not thread-safe. */
public final class Report {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  /** Loaded when there is something to write: it takes longer than some commands run. */
  private static final class Json {
    private static final ObjectMapper MAPPER =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  }

  public Report(String command) {
    fields.put("command", command);
    fields.put("version", Version.NUMBER);
  }

  public Report put(String key, Object value) {
    fields.put(key, value);
    return this;
  }

  public Map<String, Object> fields() {
    return fields;
  }

  /** As it would be in the file. */
  public String toJson() {
    try {
      return Json.MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw ProgramException.failed("cannot write the report as JSON: " + e.getMessage(), e);
    }
  }

  /** Writes the file, unless there is none to write. */
  public void writeTo(Path file) {
    if (file == null) {
      return;
    }
    try {
      Json.MAPPER.writeValue(file.toFile(), fields);
    } catch (IOException e) {
      throw ProgramException.failed("cannot write the report " + file + ": " + e.getMessage(), e);
    }
  }
}
