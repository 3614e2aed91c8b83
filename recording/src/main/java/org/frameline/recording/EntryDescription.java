package org.frameline.recording;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.Printable;

/**
 * What is the same for all frames of one entry of a recording.
 *
 * @param title what the entry shows, for people
 * @param frameShape shape of one frame: {@code [H,W]}, {@code [H,W,3]} or {@code [C,H,W/2+1]}
 * @param type type of one element; pixels are little-endian
 * @param interpretation {@code rgb-image} or {@code image}, as NeXus has it; may be null
 * @param detectorDescription the camera, for people
 * @param pixelFormat the PFNC name; null where there is none, as for spectra
 * @param streamAttributes the constant header fields, which become attributes of {@code
 *     /entry/stream}: String, Integer, Long, Double, Boolean or List of Integer
 * @param programName the program that records
 * @param programVersion its version
 * @param startTime when the entry began
 * @param derivation what it was made of; null for frames that were recorded
 */
public record EntryDescription(
    String title,
    List<Integer> frameShape,
    ElementType type,
    String interpretation,
    String detectorDescription,
    String pixelFormat,
    Map<String, Object> streamAttributes,
    String programName,
    String programVersion,
    Instant startTime,
    Derivation derivation) {

  private static final int MAX_LIST = 4096;
  private static final int LONGEST = 80;

  public EntryDescription {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(detectorDescription, "detectorDescription");
    Objects.requireNonNull(programName, "programName");
    Objects.requireNonNull(programVersion, "programVersion");
    Objects.requireNonNull(startTime, "startTime");
    frameShape = List.copyOf(frameShape);
    if (frameShape.isEmpty() || frameShape.stream().anyMatch(length -> length < 1)) {
      throw new IllegalArgumentException(
          "expected a frameShape of lengths from 1 up, found " + frameShape);
    }
    if (bytes(frameShape, type) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "expected a frame below 2 GiB, found " + frameShape + " of " + type.wireName());
    }
    streamAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(streamAttributes));
    streamAttributes.forEach(EntryDescription::check);
  }

  /** Of frames that are recorded. */
  public EntryDescription(
      String title,
      List<Integer> frameShape,
      ElementType type,
      String interpretation,
      String detectorDescription,
      String pixelFormat,
      Map<String, Object> streamAttributes,
      String programName,
      String programVersion,
      Instant startTime) {
    this(
        title,
        frameShape,
        type,
        interpretation,
        detectorDescription,
        pixelFormat,
        streamAttributes,
        programName,
        programVersion,
        startTime,
        null);
  }

  /** Size of one frame in bytes. */
  public int frameBytes() {
    return (int) bytes(frameShape, type);
  }

  private static long bytes(List<Integer> shape, ElementType type) {
    return shape.stream().mapToLong(Integer::longValue).reduce(type.bytes(), Math::multiplyExact);
  }

  private static void check(String name, Object value) {
    boolean list =
        value instanceof List<?> items
            && items.size() <= MAX_LIST
            && items.stream().allMatch(Integer.class::isInstance);
    boolean scalar =
        value instanceof String
            || value instanceof Integer
            || value instanceof Long
            || value instanceof Double
            || value instanceof Boolean;
    if (!FileText.isAttributeName(name)) {
      throw new IllegalArgumentException(
          "expected a name that a file can hold, found \"" + Printable.line(name, LONGEST) + "\"");
    }
    if (!(list || scalar)) {
      throw new IllegalArgumentException(
          "expected a String, Integer, Long, Double, Boolean or List of up to "
              + MAX_LIST
              + " Integers for the attribute \""
              + name
              + "\", found "
              + value);
    }
  }
}
