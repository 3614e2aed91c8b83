package org.frameline.cli.bench;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of a benchmark, in the order in which they are measured. */
enum Section {
  MEMORY("Copying in memory", "", "threads", null, 2),
  DISK("Writing to the disk, until it is there", "", "file_bytes", null, 5),
  TRANSPORT(
      "Sending: messages/s to each subscriber",
      "messages",
      "path message_bytes",
      "subscribers",
      17),
  FFT("Transforming: frames/s of one thread", "frames", "size pixel_format", "engine", 7),
  PIPELINE(
      "The whole pipeline: processes, as fast as they go together",
      "frames",
      "workers recorder",
      null,
      14);

  private final String title;
  private final String unit;
  private final String rows;
  private final String column;
  private final int usualSeconds;

  /**
   * A part.
   *
   * @param unit what is counted, per second; empty where only bytes are of interest
   * @param rows the keys that tell rows of its table apart, with blanks between them
   * @param column the key that tells its columns apart, or null if there is one
   * @param usualSeconds how long it is measured if nobody says otherwise
   */
  Section(String title, String unit, String rows, String column, int usualSeconds) {
    this.title = title;
    this.unit = unit;
    this.rows = rows;
    this.column = column;
    this.usualSeconds = usualSeconds;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  List<String> rows() {
    return List.of(rows.split(" "));
  }

  String column() {
    return column;
  }

  /** How long it is measured if nobody says otherwise. */
  int usualSeconds() {
    return usualSeconds;
  }

  /** On the command line and in JSON. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the names of some.
   *
   * @throws IllegalArgumentException naming all there are
   */
  static Set<Section> parse(List<String> names) {
    Set<Section> chosen = EnumSet.noneOf(Section.class);
    for (String name : names) {
      chosen.add(
          Arrays.stream(values())
              .filter(section -> section.key().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--only: expected some of " + keys() + ", found \"" + name + "\"")));
    }
    return chosen;
  }

  static String keys() {
    return Arrays.stream(values()).map(Section::key).collect(Collectors.joining(","));
  }
}
