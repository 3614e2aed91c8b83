package org.frameline.worker;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumTransform;
import org.frameline.protocol.EpochClock;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage;

/**
 * Turns a frame as it is on the wire into its spectrum as it is on the wire. Keeps the plan of the
 * last format; not thread-safe, one per worker.
 */
final class FrameTransformer {
  private final WorkerConfig config;
  private final String worker;
  private SpectrumTransform transform;

  FrameTransformer(WorkerConfig config, String worker) {
    this.config = config;
    this.worker = worker;
  }

  /**
   * Transforms one frame.
   *
   * @param results where to write; once it is prepared for a result of this size
   * @throws IllegalArgumentException when the array is not a frame that can be transformed
   */
  StreamMessage.Frame transform(StreamMessage.Frame frame, ResultRing results) {
    long receivedNs = EpochClock.nowNs();
    long startNs = System.nanoTime();
    FrameHeader header = frame.header();
    SpectrumFormat format =
        new SpectrumFormat(header.shape(), header.type(), config.output(), config.precision());
    if (transform == null || !transform.format().equals(format)) {
      transform = new SpectrumTransform(format, config.engine());
    }
    results.prepare(format.outputBytes());
    ByteBuffer spectrum = results.memory(format.outputBytes());
    transform.transform(frame.payload(), spectrum);
    Map<String, Object> extra = new LinkedHashMap<>(header.extra());
    extra.put(FrameHeader.TRANSFORM, "fft2");
    extra.put(FrameHeader.HALF_SPECTRUM, true);
    extra.put(FrameHeader.OUTPUT, config.output().optionName());
    extra.put(FrameHeader.WIDTH, format.width());
    extra.put(FrameHeader.WORKER, worker);
    extra.put(FrameHeader.RECEIVED_NS, receivedNs);
    extra.put(FrameHeader.TRANSFORM_NS, System.nanoTime() - startNs);
    return new StreamMessage.Frame(
        frame.topic(),
        new FrameHeader(
            format.outputShape(),
            format.outputType(),
            header.frame(),
            header.timestampNs(),
            header.stream(),
            extra),
        spectrum);
  }
}
