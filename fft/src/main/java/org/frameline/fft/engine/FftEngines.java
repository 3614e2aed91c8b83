package org.frameline.fft.engine;

import java.util.List;
import java.util.Optional;
import org.frameline.fft.FftEngine;
import org.frameline.fft.engine.jtransforms.JTransformsEngine;
import org.frameline.fft.engine.plain.PlainEngine;

/**
 * The one list of engines: help texts, options, tests and measurements ask it. Immutable, safe for
 * all threads.
 */
public final class FftEngines {
  /** The best first. The last works everywhere, so that there always is one. */
  private static final FftEngines ALL =
      new FftEngines(
          List.of(
              VectorProvider.engine(),
              KnownEngine.everywhere(PlainEngine.NAME, PlainEngine::new),
              KnownEngine.everywhere(JTransformsEngine.NAME, JTransformsEngine::new)));

  private final List<KnownEngine> engines;

  FftEngines(List<KnownEngine> engines) {
    this.engines = List.copyOf(engines);
  }

  /** Those of this program. */
  public static FftEngines all() {
    return ALL;
  }

  /** The names of all, the best first, whether they can be used here or not. */
  public List<String> names() {
    return engines.stream().map(KnownEngine::name).toList();
  }

  /** The names of those that can be used here, the best first. */
  public List<String> namesHere() {
    return engines.stream()
        .filter(engine -> engine.obstacle().get().isEmpty())
        .map(KnownEngine::name)
        .toList();
  }

  /**
   * Why the best of all cannot be used here, as "NAME cannot be used here: ..."; empty if it can.
   */
  public Optional<String> obstacle() {
    KnownEngine first = engines.get(0);
    return first.obstacle().get().map(why -> first.name() + " cannot be used here: " + why);
  }

  /**
   * The best that can be used here.
   *
   * @throws IllegalStateException if there is none
   */
  public FftEngine best() {
    for (KnownEngine engine : engines) {
      if (engine.obstacle().get().isEmpty()) {
        return engine.maker().get();
      }
    }
    throw new IllegalStateException("expected an engine that works everywhere, found none");
  }

  /**
   * Finds an engine by its name.
   *
   * @throws IllegalArgumentException naming the engines there are, or why this one cannot be used
   */
  public FftEngine named(String name) {
    KnownEngine known =
        engines.stream()
            .filter(engine -> engine.name().equals(name))
            .findAny()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected one of "
                            + String.join(", ", names())
                            + ", found \""
                            + name
                            + "\""));
    Optional<String> obstacle = known.obstacle().get();
    if (obstacle.isPresent()) {
      throw new IllegalArgumentException(name + " cannot be used here: " + obstacle.get());
    }
    return known.maker().get();
  }
}
