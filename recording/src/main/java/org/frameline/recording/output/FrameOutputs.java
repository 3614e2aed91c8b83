package org.frameline.recording.output;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** All kinds of outputs that there are: a new one is its class and a line here. Without state. */
public final class FrameOutputs {
  private static final OutputKind HDF5 = new Hdf5Kind();
  private static final List<OutputKind> ALL = List.of(HDF5);

  private FrameOutputs() {}

  /** The kind that a name asks for; HDF5 when its ending is none of those known. */
  public static OutputKind of(Path file) {
    return named(file).orElse(HDF5);
  }

  /** The kind that the ending of a name asks for; empty when none does. */
  public static Optional<OutputKind> named(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return ALL.stream().filter(kind -> kind.endings().stream().anyMatch(name::endsWith)).findAny();
  }

  /**
   * All endings that are known, in words: {@code .h5 or .hdf5}.
   *
   * @param others endings of what is no output of frames, which come first
   */
  public static String endings(String... others) {
    List<String> all =
        Stream.concat(Arrays.stream(others), ALL.stream().flatMap(kind -> kind.endings().stream()))
            .toList();
    int last = all.size() - 1;
    return String.join(", ", all.subList(0, last)) + " or " + all.get(last);
  }
}
