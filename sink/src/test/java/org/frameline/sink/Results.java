package org.frameline.sink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.EpochClock;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage.Frame;

/** Results as a worker sends them. No state. */
final class Results {
  private Results() {}

  /** A half spectrum of 2 rows and 3 bins whose coefficients are all {@code number - 2i}. */
  static Frame result(String stream, long number, String worker) {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put(FrameHeader.SOURCE, "synthetic:ramp");
    extra.put(FrameHeader.TRANSFORM, "fft2");
    extra.put(FrameHeader.WORKER, worker);
    extra.put(FrameHeader.TRANSFORM_NS, 2_000_000);
    FrameHeader header =
        new FrameHeader(
            List.of(2, 3), ElementType.COMPLEX64, number, EpochClock.nowNs(), stream, extra);
    ByteBuffer spectrum = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    while (spectrum.hasRemaining()) {
      spectrum.putFloat((float) number).putFloat(-2);
    }
    return new Frame("camera_frame", header, spectrum.flip());
  }

  static Frame result(long number) {
    return result("s", number, "w1");
  }

  static List<Long> numbers(List<Result> results) {
    return results.stream().map(result -> result.header().frame()).toList();
  }
}
