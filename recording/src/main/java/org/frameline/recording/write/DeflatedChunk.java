package org.frameline.recording.write;

import java.nio.ByteBuffer;
import java.util.List;
import org.frameline.protocol.Origin;

/**
 * A whole chunk of frames as it is in a file behind the shuffle and deflate filters, without its
 * checksum.
 *
 * @param numbers numbers of its frames, ascending
 * @param timestampsNs their times
 * @param origins what they were in a recording that was sent again
 * @param deflated its bytes
 */
public record DeflatedChunk(
    List<Long> numbers, List<Long> timestampsNs, List<Origin> origins, ByteBuffer deflated) {}
