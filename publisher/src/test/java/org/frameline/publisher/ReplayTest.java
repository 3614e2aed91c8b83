package org.frameline.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.Origin;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.protocol.socket.Messages;
import org.frameline.publisher.source.Replayed;
import org.frameline.testing.NoThreadLeft;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** A publisher that sends a recording, judged from its sockets. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class ReplayTest {
  private static final long[] NUMBERS = {3, 4, 5, 9, 10};

  @TempDir Path folder;

  private static FrameHeader receive(ZMQ.Socket socket) throws Exception {
    return ((Frame) MessageCodec.decode(Messages.await(socket))).header();
  }

  private static void requireFrame(FrameHeader header, int row) {
    assertThat(header.frame()).isEqualTo(row);
    assertThat(Origin.of(header))
        .isEqualTo(new Origin(NUMBERS[row], Replayed.timeNs(NUMBERS[row])));
    assertThat(header.text(FrameHeader.RECORDED_STREAM)).contains("stream-1");
    assertThat(header.stream()).isNotEqualTo("stream-1");
    assertThat(header.timestampNs()).isGreaterThan(1_763_670_001_000_000_000L);
  }

  @Test
  void framesAreNumberedAnewAndSayWhatTheyWere() throws Exception {
    Path file = Replayed.write(folder.resolve("r.h5"), NUMBERS);
    try (Running publisher =
        new Running("--source", "hdf5:" + file, "--wait-for", "1", "--speed", "2")) {
      ZMQ.Socket socket = publisher.subscribe("camera_frame", "me");
      String stream = publisher.ask("status").text("stream").orElseThrow();
      assertThat(publisher.ask("describe").text("recorded_source")).contains("synthetic:ramp");
      for (int row = 0; row < NUMBERS.length; row++) {
        FrameHeader header = receive(socket);
        requireFrame(header, row);
        assertThat(header.stream()).isEqualTo(stream);
        assertThat(header.text(FrameHeader.SOURCE)).contains("hdf5:" + file);
        assertThat(header.extra()).containsEntry(FrameHeader.FRAMES_PER_SECOND, 400.0);
      }
      SeriesEnd end = (SeriesEnd) MessageCodec.decode(Messages.await(socket));
      assertThat(end.frames()).isEqualTo(NUMBERS.length);
      // The history says the same.
      ZMQ.Socket history =
          publisher.connect(SocketType.REQ, publisher.ask("status").text("history").orElseThrow());
      history.send(
          ControlMessage.request("frames")
              .with("stream", stream)
              .with("first", 1)
              .with("count", 4)
              .encode());
      List<byte[]> answer = new ArrayList<>();
      do {
        answer.add(history.recv());
      } while (history.hasReceiveMore());
      assertThat(answer).hasSize(1 + 4 * 3);
      for (int row = 1; row < NUMBERS.length; row++) {
        int at = 1 + 3 * (row - 1);
        requireFrame(((Frame) MessageCodec.decode(answer.subList(at, at + 3))).header(), row);
      }
      socket.unsubscribe("subscriber/me");
      assertThat(publisher.exitCode()).isZero();
    }
  }

  @Test
  void aFrameThatCannotBeReadEndsTheStreamInOrder() throws Exception {
    Path file = folder.resolve("r.h5");
    Python.run(
        """
        import sys, h5py, numpy as np
        with h5py.File(sys.argv[1], 'w') as f:
            f.create_dataset('x', data=np.zeros((6, 50, 60), 'u2'), chunks=(1, 50, 60),
                             compression='gzip')
            chunk = f['x'].id.get_chunk_info(2)
        with open(sys.argv[1], 'r+b') as f:
            f.seek(chunk.byte_offset)
            f.write(bytes([255]) * 20)
        """,
        file);
    try (Running publisher =
        new Running("--source", "hdf5:" + file, "--wait-for", "1", "--lossless")) {
      ZMQ.Socket socket = publisher.subscribe("camera_frame", "me");
      for (int row = 0; row < 2; row++) {
        assertThat(Origin.of(receive(socket))).isEqualTo(new Origin(row, Origin.UNKNOWN));
      }
      SeriesEnd end = (SeriesEnd) MessageCodec.decode(Messages.await(socket));
      assertThat(end.frames()).isEqualTo(2);
      socket.unsubscribe("subscriber/me");
      assertThat(publisher.exitCode()).isOne();
      assertThat(publisher.err())
          .startsWith("frameline: " + file + ": cannot read frame 2, row 2 of /x: ")
          .hasLineCount(1);
    }
  }
}
