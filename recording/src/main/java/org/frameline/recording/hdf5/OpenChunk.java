package org.frameline.recording.hdf5;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The attribute that takes the place of a chunk's checksum while the chunk is being filled: so no
 * row is without one, also in a recording that broke off. HDF5 libraries do not look at it; whoever
 * verifies a recording does.
 *
 * @param rows rows of the dataset that are in its last chunk
 * @param checksum Fletcher checksum of their bytes
 */
public record OpenChunk(int rows, int checksum) {

  private static final String NAME = "open_chunk";
  private static final int VALUE_BYTES = 2 * Long.BYTES;

  public HeaderMessage message() {
    Bytes value = new Bytes().u64(rows).u64(Integer.toUnsignedLong(checksum));
    return HeaderMessage.attribute(NAME, Datatype.INT64, Dataspace.vector(2), value.toArray());
  }

  /** The one of a stored dataset, empty when all of its chunks are sealed. */
  public static Optional<OpenChunk> of(List<HeaderMessage> header) {
    ByteBuffer expected = new OpenChunk(0, 0).message().body();
    int start = expected.limit() - VALUE_BYTES;
    for (HeaderMessage message : header) {
      ByteBuffer body = message.body();
      if (message.type() == HeaderMessage.ATTRIBUTE
          && body.limit() == expected.limit()
          && body.slice(0, start).equals(expected.slice(0, start))) {
        return Optional.of(new OpenChunk((int) body.getLong(start), (int) body.getLong(start + 8)));
      }
    }
    return Optional.empty();
  }
}
