package org.frameline.publisher.source;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * One kind of source: how it is written, what can be asked of it, and which of it there are. {@link
 * SourceKinds} lists all. Without state; for any thread.
 */
public interface SourceKind {

  /** What decides how a source is treated. */
  enum Nature {
    /** Runs by its own clock: frames that nobody takes are lost. */
    LIVE,
    /** Waits for whoever takes its frames, and has an end. */
    FILE,
    /** Waits, has no end, and shows whatever size and pixel format it is asked for. */
    SIMULATED
  }

  /** What its specs begin with, up to the colon and slashes: {@code webcam:}, {@code rtsp://}. */
  List<String> prefixes();

  /** How it is written, for people: {@code webcam:N}. */
  String notation();

  /** What it is, for people, in a few words; fits into a line behind the notation. */
  String meaning();

  Nature nature();

  /** What can be asked of it. */
  Set<SourceWish> takes();

  /**
   * Reads a spec.
   *
   * @param text all of it, begins with one of the prefixes and goes on
   * @throws IllegalArgumentException one line that says what was expected and what came
   */
  SourceSpec parse(String text);

  /** What the Tab key writes. */
  default List<String> completions() {
    return prefixes();
  }

  /**
   * Those of its kind that this machine can see, without opening them; empty where there are none
   * or nobody can tell.
   *
   * @throws IOException when the system's list cannot be read
   */
  default List<Camera> attached() throws IOException {
    return List.of();
  }

  /** Whether frames are lost for good when nobody takes them. */
  default boolean isLive() {
    return nature() == Nature.LIVE;
  }

  /** Whether it has an end, and frames that were there before. */
  default boolean isFile() {
    return nature() == Nature.FILE;
  }

  /** Whether its pixel format is a matter of taste. */
  default boolean isSimulated() {
    return nature() == Nature.SIMULATED;
  }
}
