package org.frameline.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FramePixels;
import org.frameline.protocol.StreamMessage;

/**
 * A frame to be transformed.
 *
 * @param topic the topic of frames
 * @param header as the publisher sent it
 * @param pixels which came with it, or stand in the ring of a ventilator on this machine until the
 *     sink has the result
 */
record Task(String topic, FrameHeader header, FramePixels pixels) {
  static Task inline(StreamMessage.Frame frame) {
    return new Task(frame.topic(), frame.header(), FramePixels.of(frame.payload()));
  }

  /**
   * Pixels that Java may read; on any thread.
   *
   * @param memory {@code header().payloadBytes()} bytes, little endian, for a copy if one is needed
   * @throws IOException when they are not there any more
   */
  ByteBuffer readable(ByteBuffer memory) throws IOException {
    if (!pixels.isInRing()) {
      return pixels.pixels();
    }
    if (!pixels.copyTo(memory)) {
      throw new IOException("frame " + header.frame() + " is not in its slot any more");
    }
    return memory;
  }
}
