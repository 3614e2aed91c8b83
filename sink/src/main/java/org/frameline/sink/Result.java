package org.frameline.sink;

import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FramePixels;
import org.frameline.protocol.StreamMessage.Frame;

/**
 * A spectrum on its way to the file. Whoever takes it last releases it.
 *
 * @param header without the keys that tell where it is
 * @param numbers its elements, in memory or in the ring of its worker
 * @param release gives the memory back; the worker may write to it then
 */
record Result(FrameHeader header, FramePixels numbers, Runnable release) {
  static Result inline(Frame frame) {
    return new Result(frame.header(), FramePixels.of(frame.payload()), () -> {});
  }
}
