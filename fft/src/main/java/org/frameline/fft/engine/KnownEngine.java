package org.frameline.fft.engine;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.frameline.fft.FftEngine;

/**
 * An engine as the list knows it, before any of its classes is loaded. Immutable.
 *
 * @param name on the command line, in reports and in the docs
 * @param obstacle why it cannot be used here, in a few words, such as "it needs Java 21, this is
 *     17"; empty when it can be. It only looks around, and loads nothing of the engine
 * @param maker makes it, where there is no obstacle
 */
record KnownEngine(
    String name, Supplier<Optional<String>> obstacle, Supplier<? extends FftEngine> maker) {
  KnownEngine {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(obstacle, "obstacle");
    Objects.requireNonNull(maker, "maker");
  }

  /** One that works wherever Java does. */
  static KnownEngine everywhere(String name, Supplier<? extends FftEngine> maker) {
    return new KnownEngine(name, Optional::empty, maker);
  }
}
