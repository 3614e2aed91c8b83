package org.frameline.publisher.source;

import java.util.List;
import java.util.stream.Collectors;

/** All kinds of sources. No state. */
public final class SourceKinds {

  /** In the order in which people are told of them. */
  private static final List<SourceKind> ALL =
      List.of(
          WebcamSpec.KIND,
          VideoSpec.KIND,
          RecordingSpec.KIND,
          NetworkSpec.KIND,
          SyntheticSpec.KIND);

  private SourceKinds() {}

  public static List<SourceKind> all() {
    return ALL;
  }

  /**
   * Reads a spec.
   *
   * @throws IllegalArgumentException one line with what is wrong, or the kinds there are
   */
  public static SourceSpec parse(String text) {
    for (SourceKind kind : ALL) {
      for (String prefix : kind.prefixes()) {
        if (text.startsWith(prefix) && text.length() > prefix.length()) {
          return kind.parse(text);
        }
      }
    }
    String notations = ALL.stream().map(SourceKind::notation).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("expected one of " + notations + "; found \"" + text + "\"");
  }

  /** How the kinds are written that take a wish, in words. */
  static String thatTake(SourceWish wish) {
    return ALL.stream()
        .filter(kind -> kind.takes().contains(wish))
        .map(SourceKind::notation)
        .collect(Collectors.joining(" or "));
  }
}
