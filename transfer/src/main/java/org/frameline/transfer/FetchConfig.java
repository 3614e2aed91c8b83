package org.frameline.transfer;

import java.nio.file.Path;
import java.time.Duration;
import org.frameline.protocol.Endpoint;

/**
 * What to fetch, from where, to where.
 *
 * @param from where files are asked for
 * @param pattern which of them
 * @param out the folder for them; it is there
 * @param overwrite whether a file that is there, and differs, is replaced
 * @param follow whether recordings that are being written are fetched to their end
 * @param patience how long the other side may be silent
 */
record FetchConfig(
    Endpoint from,
    NamePattern pattern,
    Path out,
    boolean overwrite,
    boolean follow,
    Duration patience) {
  FetchConfig {
    if (pattern.isName() && !FileName.isAllowed(pattern.pattern())) {
      throw new IllegalArgumentException(
          "PATTERN: expected the name of a file, without a folder, or one with * or ?, found \""
              + FileName.shown(pattern.pattern())
              + "\"");
    }
  }
}
