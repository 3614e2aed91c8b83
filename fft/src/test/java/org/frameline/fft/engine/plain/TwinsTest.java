package org.frameline.fft.engine.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.frameline.testing.Checkout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Java has no generics over primitives, so double precision is a copy of single precision. Whoever
 * changes one changes the other: the copies may differ in the type of the numbers alone. In vectors
 * the logarithm is not a copy, since a polynomial serves one precision, and what names the parts,
 * since single precision alone loads pixels by vectors.
 */
final class TwinsTest {
  private static final List<String> SOURCES =
      List.of(
          "fft/src/main/java/org/frameline/fft/engine/plain",
          "fft-vector/src/main/java/org/frameline/fft/engine/vector");

  static List<Path> single() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : SOURCES) {
      try (Stream<Path> files = Files.list(Checkout.file(folder))) {
        files
            .filter(file -> file.toString().endsWith("32.java"))
            .filter(file -> !file.endsWith(Path.of("vector", "LogOfRoots32.java")))
            .filter(file -> !file.endsWith(Path.of("vector", "VectorParts32.java")))
            .sorted()
            .forEach(found::add);
      }
    }
    return found;
  }

  @ParameterizedTest
  @MethodSource("single")
  void doublePrecisionIsTheSameText(Path file) throws IOException {
    String single = Files.readString(file);
    String name = file.getFileName().toString();
    String dual = Files.readString(file.resolveSibling(name.replace("32", "64")));
    assertThat(words(dual)).isEqualTo(words(inDouble(single)));
  }

  private static String inDouble(String single) {
    return single
        .replace("(float) ", "")
        .replace("0.5f", "0.5")
        .replace("float", "double")
        .replace("Float", "Double")
        .replaceAll("([A-Za-z0-9])32\\b", "$164")
        .replaceAll("single([ -])precision", "double$1precision");
  }

  /** Without line breaks, which depend on the length of words. */
  private static String words(String text) {
    // The rows that a caller reads are floats in both.
    return text.replace("private final double[][] rows", "private final float[][] rows")
        .replace("rows = new double[", "rows = new float[")
        .replace("one(double[] row,", "one(float[] row,")
        .replaceAll("\\s+(\\*\\s+)?", "");
  }
}
