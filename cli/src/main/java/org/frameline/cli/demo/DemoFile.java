package org.frameline.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that the demo made.
 *
 * @param path as the user will type it
 * @param bytes its size
 * @param what is in it
 */
record DemoFile(Path path, long bytes, String what) {
  static DemoFile of(Path path, String what) throws IOException {
    return new DemoFile(path, Files.size(path), what);
  }
}
