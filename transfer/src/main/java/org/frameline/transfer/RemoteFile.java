package org.frameline.transfer;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.recording.check.Checkpoint;

/**
 * What the other side says of a file. Immutable.
 *
 * @param name one that {@link FileName} allows
 * @param version goes with every question for its content
 * @param size in bytes
 * @param checkpoint of a recording that is being written: its state, {@code size} bytes long
 */
record RemoteFile(String name, String version, long size, Optional<Checkpoint> checkpoint) {
  private static final int LONGEST_VERSION = 100;

  /** Reads the answer to {@code look}. */
  static RemoteFile of(String name, ControlMessage answer) throws MalformedMessageException {
    String version = answer.text("version").orElse("");
    if (version.isEmpty() || version.length() > LONGEST_VERSION) {
      throw new MalformedMessageException(
          "version", "a text of up to " + LONGEST_VERSION + " characters", version);
    }
    long size =
        answer
            .count("bytes")
            .orElseThrow(() -> new MalformedMessageException("bytes", "a size", "none"));
    return new RemoteFile(name, version, size, checkpoint(answer, size));
  }

  private static Optional<Checkpoint> checkpoint(ControlMessage answer, long size)
      throws MalformedMessageException {
    if (!answer.isTrue("growing")) {
      return Optional.empty();
    }
    String hex = answer.text("superblock").orElse("");
    try {
      byte[] bytes = HexFormat.of().parseHex(hex);
      if (bytes.length == Checkpoint.SUPERBLOCK_BYTES && bytes.length <= size) {
        return Optional.of(new Checkpoint(ByteBuffer.wrap(bytes).asReadOnlyBuffer(), size));
      }
    } catch (IllegalArgumentException e) {
      throw wrongSuperblock(hex);
    }
    throw wrongSuperblock(hex);
  }

  private static MalformedMessageException wrongSuperblock(String found) {
    return new MalformedMessageException(
        "superblock", 2 * Checkpoint.SUPERBLOCK_BYTES + " hexadecimal digits", found);
  }

  /** A question about a part of its content. */
  ControlMessage question(String request, long offset, long length) {
    return ControlMessage.request(request)
        .with("name", name)
        .with("version", version)
        .with("offset", offset)
        .with("length", length);
  }
}
