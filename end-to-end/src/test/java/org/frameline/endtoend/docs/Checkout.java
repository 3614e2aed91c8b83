package org.frameline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that is tested. No state. */
final class Checkout {
  private static final Path ROOT = root();

  private Checkout() {}

  private static Path root() {
    // Maven says where; the fallback serves an IDE, which starts tests in the module's folder.
    Path root = Path.of(System.getProperty("frameline.root", "..")).toAbsolutePath().normalize();
    assertThat(root.resolve("README.md")).exists();
    return root;
  }

  static Path file(String name) {
    return ROOT.resolve(name);
  }

  static String read(String name) throws IOException {
    return Files.readString(file(name));
  }

  /** README, CONTRIBUTING, CHANGELOG and all of docs/. */
  static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(file("docs"))) {
      return Stream.concat(top, docs)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }
}
