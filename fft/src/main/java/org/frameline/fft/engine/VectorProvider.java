package org.frameline.fft.engine;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.frameline.fft.FftEngine;

/**
 * Knows whether the engine on {@code jdk.incubator.vector} can be used here, and loads it by the
 * name of its class: it comes in a jar of its own, and the module is there only where Java was
 * started with it. Immutable.
 *
 * @param java the version of Java
 * @param hasModule whether Java was started with the module
 * @param hasEngine whether the engine's jar is there
 * @param virtualMachine what the JVM says about itself, {@code java.vm.info}
 * @param bits of the processor's vectors; asked last, since it loads the module's first classes
 */
record VectorProvider(
    int java, boolean hasModule, boolean hasEngine, String virtualMachine, IntSupplier bits) {
  static final String NAME = "vector";

  private static final String CLASS_NAME = "org.frameline.fft.engine.vector.VectorEngine";
  private static final String MODULE = "jdk.incubator.vector";

  /** The module is not the same in each; these are those with which the engine was tried. */
  private static final int OLDEST = 17;

  private static final int NEWEST = 25;

  /** Narrower vectors are not worth it. They also are those of processors that do not have fma. */
  private static final int LEAST_BITS = 256;

  static KnownEngine engine() {
    return new KnownEngine(NAME, () -> here().obstacle(), VectorProvider::load);
  }

  private static VectorProvider here() {
    ClassLoader loader = VectorProvider.class.getClassLoader();
    return new VectorProvider(
        Runtime.version().feature(),
        ModuleLayer.boot().findModule(MODULE).isPresent(),
        loader.getResource(CLASS_NAME.replace('.', '/') + ".class") != null,
        System.getProperty("java.vm.info", ""),
        VectorProvider::preferredBits);
  }

  Optional<String> obstacle() {
    if (java < OLDEST || java > NEWEST) {
      return Optional.of("it needs Java " + OLDEST + " to " + NEWEST + ", this is " + java);
    }
    if (!hasModule) {
      return Optional.of("Java was started without --add-modules " + MODULE);
    }
    if (!hasEngine) {
      return Optional.of("its jar, fft-vector, is not there");
    }
    // Vectors are objects until the second compiler makes instructions of them.
    if (virtualMachine.contains("emulated-client") || virtualMachine.contains("interpreted")) {
      return Optional.of("Java was started without its second compiler");
    }
    int width = bits.getAsInt();
    return width < LEAST_BITS
        ? Optional.of("it needs vectors of " + LEAST_BITS + " bits, here they have " + width)
        : Optional.empty();
  }

  /** By reflection, as this module knows Java without the module. */
  private static int preferredBits() {
    try {
      Class<?> shape = Class.forName(MODULE + ".VectorShape");
      Object preferred = shape.getMethod("preferredShape").invoke(null);
      return (int) shape.getMethod("vectorBitSize").invoke(preferred);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(MODULE, e);
    }
  }

  private static FftEngine load() {
    try {
      return Class.forName(CLASS_NAME).asSubclass(FftEngine.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(CLASS_NAME, e);
    }
  }
}
