package org.frameline.testing.recordings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.frameline.testing.Checkout;
import org.frameline.testing.Python;

/** What h5py reads of a recording whose frames n have the value n, or n - 2i. No state. */
public final class Entries {
  private static final Path SCRIPT = Checkout.file("test-recordings/src/main/python/entries.py");

  private Entries() {}

  /** A line per entry, such as {@code entry [0, 1, 2] [] [3, 4] uint8 True}. */
  public static List<String> of(Path file) throws IOException, InterruptedException {
    return Python.runScript(SCRIPT, file).lines().toList();
  }
}
