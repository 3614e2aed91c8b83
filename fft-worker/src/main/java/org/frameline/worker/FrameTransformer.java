package org.frameline.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.frameline.fft.FftEngine;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumTransform;

/** Transforms frames, with the plan of the last format. Not thread-safe, one per thread. */
final class FrameTransformer {
  private final FftEngine engine;
  private SpectrumTransform transform;
  private ByteBuffer memory;

  FrameTransformer(FftEngine engine) {
    this.engine = engine;
  }

  /**
   * Transforms one frame.
   *
   * @param task a frame as the format says
   * @param spectrum takes the result, {@link SpectrumFormat#outputBytes} bytes, little endian
   * @throws IOException when the pixels are not there any more
   */
  void transform(SpectrumFormat format, Task task, ByteBuffer spectrum) throws IOException {
    if (transform == null || !transform.format().equals(format)) {
      transform = new SpectrumTransform(format, engine);
    }
    transform.transform(task.readable(memoryFor(task)), spectrum);
  }

  /** For the pixels of one frame, if they must be copied. */
  private ByteBuffer memoryFor(Task task) {
    int bytes = task.pixels().bytes();
    if (task.pixels().isInRing() && (memory == null || memory.capacity() != bytes)) {
      memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    return memory;
  }
}
