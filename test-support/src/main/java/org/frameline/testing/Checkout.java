package org.frameline.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that is tested. No state. */
public final class Checkout {
  private static final Path ROOT = findRoot();

  private Checkout() {}

  private static Path findRoot() {
    // Maven says where; the fallback serves an IDE, which starts tests in the module's folder.
    Path root = Path.of(System.getProperty("frameline.root", "..")).toAbsolutePath().normalize();
    if (!Files.exists(root.resolve("README.md"))) {
      throw new AssertionError("expected the root of the checkout, found " + root);
    }
    return root;
  }

  /** A file or folder by its path from the root, with slashes. */
  public static Path file(String name) {
    return ROOT.resolve(name);
  }

  /** The text of a file by its path from the root. */
  public static String read(String name) throws IOException {
    return Files.readString(file(name));
  }
}
