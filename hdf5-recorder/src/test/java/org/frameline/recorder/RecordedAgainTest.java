package org.frameline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.Origin;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.recording.images.FrameReader;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The recorder behind a replay that the test plays. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class RecordedAgainTest {

  @TempDir Path folder;

  private static Frame frame(long number, Map<String, Object> recorded) {
    Map<String, Object> keys = new HashMap<>(recorded);
    keys.put(FrameHeader.PIXEL_FORMAT, "Mono8");
    keys.put(FrameHeader.RECORDED_STREAM, "then");
    FrameHeader header =
        new FrameHeader(List.of(3, 4), ElementType.UINT8, number, number, "now", keys);
    return new Frame(Played.TOPIC, header, ByteBuffer.allocate(12));
  }

  private static Map<String, Object> recorded(Object frame, Object timestampNs) {
    return Map.of(
        FrameHeader.RECORDED_FRAME, frame, FrameHeader.RECORDED_TIMESTAMP_NS, timestampNs);
  }

  @Test
  void numbersAndTimesOfThenAreKept() throws Exception {
    Path file = folder.resolve("copy.h5");
    try (Played played = new Played(folder, "--out", file.toString()).awaitSubscription()) {
      played.publish(frame(0, recorded(5L, 1_763_670_000_000_000_001L)));
      played.publish(frame(1, recorded(9L, 1_763_670_000_000_000_002L)));
      played.publishEnd("now", 2);
      assertThat(played.exitCode()).isZero();
    }
    try (FrameReader copy = FrameReader.open(file, null)) {
      assertThat(copy.entries()).containsExactly("entry");
      assertThat(copy.origin(0)).isEqualTo(new Origin(5, 1_763_670_000_000_000_001L));
      assertThat(copy.origin(1)).isEqualTo(new Origin(9, 1_763_670_000_000_000_002L));
      assertThat(copy.stream())
          .containsEntry("recorded_stream", "then")
          .containsEntry("stream", "now")
          .doesNotContainKeys(FrameHeader.RECORDED_FRAME, FrameHeader.RECORDED_TIMESTAMP_NS);
    }
  }

  @Test
  void framesOfWhichSomethingElseIsKnownBeginAnEntry() throws Exception {
    Path file = folder.resolve("copy.h5");
    try (Played played = new Played(folder, "--out", file.toString()).awaitSubscription()) {
      played.publish(frame(0, Map.of()));
      played.publish(frame(1, recorded(5L, 6L)));
      // A stranger's: neither is a number that can be meant.
      played.publish(frame(2, recorded(-1L, "yesterday")));
      played.publishEnd("now", 3);
      assertThat(played.exitCode()).isZero();
    }
    try (FrameReader copy = FrameReader.open(file, "entry_2")) {
      assertThat(copy.entries()).hasSize(3);
      assertThat(copy.frames()).isOne();
      assertThat(copy.origin(0)).isEqualTo(new Origin(5, 6));
    }
    try (FrameReader copy = FrameReader.open(file, "entry_3")) {
      assertThat(copy.origin(0)).isEqualTo(new Origin(2, 2));
    }
  }
}
