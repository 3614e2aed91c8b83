package org.frameline.worker;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.frameline.fft.SpectrumFormat;
import org.frameline.protocol.EpochClock;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage.Frame;

/**
 * One frame on its way through a worker. Made and read by the worker's loop; in between it belongs
 * to the thread that transforms it, until {@link #isDone}.
 */
final class Transformation {
  private final Task task;
  private final SpectrumFormat format;
  private final ResultRing.Place place;
  private final long receivedNs = EpochClock.nowNs();
  private long transformNs;
  private Throwable failure;
  private IOException gone;
  private volatile boolean done;

  /**
   * A transformation that has not begun.
   *
   * @param format of the result
   * @param place where the result goes
   */
  Transformation(Task task, SpectrumFormat format, ResultRing.Place place) {
    this.task = task;
    this.format = format;
    this.place = place;
  }

  /** Transforms, on the thread that calls; what is thrown is kept for {@link #result}. */
  void run(FrameTransformer transformer) {
    long beginNs = System.nanoTime();
    try {
      transformer.transform(format, task, place.memory());
    } catch (IOException e) {
      gone = e;
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    transformNs = System.nanoTime() - beginNs;
    done = true;
  }

  /** Whether it has ended, for better or worse; all threads see the result then. */
  boolean isDone() {
    return done;
  }

  ResultRing.Place place() {
    return place;
  }

  /** What it is made of. */
  Task task() {
    return task;
  }

  /** Why the pixels could not be read, or null when they could. */
  IOException gone() {
    return gone;
  }

  /** Nanoseconds that transforming took. */
  long transformNs() {
    return transformNs;
  }

  /**
   * The spectrum.
   *
   * @throws IllegalArgumentException when the frame cannot be transformed
   */
  Frame result(WorkerConfig config, String worker) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    FrameHeader header = task.header();
    Map<String, Object> extra = new LinkedHashMap<>(header.extra());
    extra.put(FrameHeader.TRANSFORM, "fft2");
    extra.put(FrameHeader.HALF_SPECTRUM, true);
    extra.put(FrameHeader.OUTPUT, config.output().optionName());
    extra.put(FrameHeader.WIDTH, format.width());
    extra.put(FrameHeader.WORKER, worker);
    extra.put(FrameHeader.RECEIVED_NS, receivedNs);
    extra.put(FrameHeader.TRANSFORM_NS, transformNs);
    return new Frame(
        task.topic(),
        new FrameHeader(
            format.outputShape(),
            format.outputType(),
            header.frame(),
            header.timestampNs(),
            header.stream(),
            extra),
        place.memory());
  }
}
