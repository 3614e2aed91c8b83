package org.frameline.ventilator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.Reference;
import org.frameline.protocol.StreamMessage.References;
import org.frameline.protocol.ring.RingDirectory;
import org.frameline.protocol.ring.RingReader;
import org.frameline.protocol.socket.Messages;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** Frames whose pixels workers on this machine read out of the ventilator's ring. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class TasksThroughRingTest {
  @TempDir Path folder;
  private RunningVentilator ventilator;

  @BeforeEach
  void nothingRunsYet() throws Exception {
    ventilator = new RunningVentilator(folder);
  }

  @AfterEach
  void endAll() {
    ventilator.close();
  }

  private static boolean read(Reference reference, ByteBuffer pixels) throws Exception {
    FrameHeader header = reference.header();
    Path file = Path.of(header.text(FrameHeader.RING).orElseThrow());
    try (RingReader ring = RingReader.openOneOf(file, "ventilator")) {
      return ring.read(header.number(FrameHeader.RING_INDEX).orElseThrow(), pixels);
    }
  }

  private static Reference reference(ZMQ.Socket worker, long number) throws Exception {
    Reference reference = (Reference) RunningVentilator.receive(worker);
    assertThat(reference.topic()).isEqualTo("ring/camera_frame");
    assertThat(reference.header().frame()).isEqualTo(number);
    return reference;
  }

  private static void requireReference(ZMQ.Socket worker, long number) throws Exception {
    ByteBuffer pixels = ByteBuffer.allocate(4);
    assertThat(read(reference(worker, number), pixels)).isTrue();
    assertThat(pixels.array()).containsExactly(1, 2, 3, (byte) number);
  }

  @Test
  void referencesTravelWhileEveryWorkerCanReadTheRing() throws Exception {
    ventilator.neighbours.ringDomain.set(RingDirectory.find().domain());
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.start();
    ventilator.awaitSubscription();
    ventilator.publish(0);
    Reference first = reference(worker, 0);
    ventilator.publish(1);
    requireReference(worker, 1);
    Path file = Path.of(first.header().text(FrameHeader.RING).orElseThrow());
    assertThat(file).exists();

    // One who has said nothing yet: from the moment it connects, frames come inline.
    ZMQ.Socket stranger = ventilator.connect(SocketType.PULL);
    ventilator.publish(2);
    ventilator.publish(3);
    RunningVentilator.requireFramesBetweenThem(2, worker, stranger);
    ventilator.neighbours.workers.add("w2");
    ventilator.neighbours.received.set(4);
    ventilator.publishEnd(4);
    RunningVentilator.awaitEnd(worker);
    RunningVentilator.awaitEnd(stranger);
    ventilator.neighbours.workers.clear();
    assertThat(ventilator.exitCode()).isZero();
    assertThat(file).doesNotExist();
  }

  @Test
  void framesComeInlineToWorkersElsewhere() throws Exception {
    ventilator.neighbours.ringDomain.set("another machine");
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.start();
    ventilator.awaitSubscription();
    ventilator.publish(0);
    RunningVentilator.requireFrames(worker, 0, 1);
  }

  @Test
  void workersGetNoMoreReferencesThanTheyCanHold() throws Exception {
    ventilator.neighbours.ringDomain.set(RingDirectory.find().domain());
    ventilator.neighbours.room.set(3);
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.start();
    ventilator.awaitSubscription();
    for (int n = 0; n < 10; n++) {
      ventilator.publish(n);
    }
    for (int n = 0; n < 3; n++) {
      requireReference(worker, n);
    }
    RunningVentilator.requireQuiet(worker);
    ventilator.neighbours.receivedAbove.add(1L);
    requireReference(worker, 3);
    RunningVentilator.requireQuiet(worker);
    ventilator.neighbours.received.set(4);
    for (int n = 4; n < 7; n++) {
      requireReference(worker, n);
    }
  }

  @Test
  void busyWorkersGetSeveralReferencesInOneMessage() throws Exception {
    ventilator.neighbours.ringDomain.set(RingDirectory.find().domain());
    ventilator.neighbours.room.set(6);
    ventilator.neighbours.together.set(3);
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.start();
    ventilator.awaitSubscription();
    for (int n = 0; n < 20; n++) {
      ventilator.publish(n);
    }
    List<Integer> sizes = new ArrayList<>();
    long next = 0;
    while (next < 20) {
      StreamMessage message = RunningVentilator.receive(worker);
      List<Reference> some =
          message instanceof References several ? several.each() : List.of((Reference) message);
      for (Reference reference : some) {
        ByteBuffer pixels = ByteBuffer.allocate(4);
        assertThat(read(reference, pixels)).isTrue();
        assertThat(pixels.get(3)).isEqualTo((byte) next);
        assertThat(reference.header().frame()).isEqualTo(next++);
      }
      sizes.add(some.size());
      assertThat(next - ventilator.neighbours.received.get()).isLessThanOrEqualTo(6);
      if (next >= 6) {
        ventilator.neighbours.received.set(next - 2);
      }
    }
    assertThat(sizes).as("nobody is busy yet").startsWith(1);
    assertThat(sizes).as("the first ones wait for room together").contains(3);
    assertThat(sizes).allMatch(size -> size <= 3);
  }

  @Test
  void aSlotIsFreeWhenTheSinkHasItsFrameAndWhoIsLateSeesIt() throws Exception {
    ventilator.neighbours.ringDomain.set(RingDirectory.find().domain());
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.start("--window", "4");
    ventilator.awaitSubscription();
    for (int n = 0; n < 4; n++) {
      ventilator.publish(n);
    }
    Reference first = reference(worker, 0);
    for (int n = 1; n < 4; n++) {
      requireReference(worker, n);
    }
    assertThat(read(first, ByteBuffer.allocate(4))).as("nobody has it yet").isTrue();
    for (int n = 4; n < 40; n++) {
      ventilator.neighbours.received.set(n - 3);
      ventilator.publish(n);
      requireReference(worker, n);
    }
    assertThat(read(first, ByteBuffer.allocate(4))).isFalse();
  }

  @Test
  void whatALostWorkerHadIsDealtOutAgainFromItsSlot() throws Exception {
    ventilator.neighbours.ringDomain.set(RingDirectory.find().domain());
    ZMQ.Socket first = ventilator.worker("w1");
    ventilator.start();
    ventilator.awaitSubscription();
    ventilator.publish(0);
    requireReference(first, 0);
    first.close();
    ventilator.neighbours.workers.clear();
    ZMQ.Socket second = ventilator.worker("w2");
    StreamMessage again = RunningVentilator.receive(second);
    // Whether the first connection is known to be gone by then decides which way it comes.
    if (again instanceof Reference reference) {
      assertThat(read(reference, ByteBuffer.allocate(4))).isTrue();
    } else {
      assertThat(((Frame) again).payload().get(2)).isEqualTo((byte) 3);
    }
  }

  @Test
  void largerFramesGetALargerRing() throws Exception {
    ventilator.neighbours.ringDomain.set(RingDirectory.find().domain());
    ZMQ.Socket worker = ventilator.worker("w1");
    ventilator.start();
    ventilator.awaitSubscription();
    ventilator.publish(0);
    Reference small = reference(worker, 0);
    FrameHeader header = new FrameHeader(List.of(1_000), ElementType.UINT8, 1, 1, "s", Map.of());
    Messages.send(
        ventilator.publisher, new Frame("camera_frame", header, ByteBuffer.allocate(1_000)));
    Reference large = reference(worker, 1);
    assertThat(large.header().text(FrameHeader.RING))
        .isNotEqualTo(small.header().text(FrameHeader.RING));
    assertThat(read(large, ByteBuffer.allocate(1_000))).isTrue();
    assertThat(read(small, ByteBuffer.allocate(4))).as("its frame is still held").isTrue();
    Path before = Path.of(small.header().text(FrameHeader.RING).orElseThrow());
    ventilator.neighbours.received.set(1);
    await().until(() -> !before.toFile().exists());
  }

  @Test
  void onRequestEachWorkerGetsFramesTheWayItCanReadThem() throws Exception {
    ventilator.start("--dispatch", "credit", "--workers", "2");
    ZMQ.Socket here = ventilator.connect(SocketType.DEALER);
    ZMQ.Socket elsewhere = ventilator.connect(SocketType.DEALER);
    ventilator.neighbours.workers.addAll(List.of("here", "elsewhere"));
    ventilator.awaitSubscription();
    String domain = RingDirectory.find().domain();
    long next = 0;
    StreamMessage task;
    // What came before its first word is held as it came.
    do {
      ask(here, "here", next, domain);
      ventilator.publish(next++);
      task = task(here);
    } while (task instanceof Frame);
    ByteBuffer pixels = ByteBuffer.allocate(4);
    assertThat(read((Reference) task, pixels)).isTrue();
    assertThat(pixels.get(2)).isEqualTo((byte) 3);
    ask(elsewhere, "elsewhere", 0, "");
    ventilator.publish(next);
    Frame inline = (Frame) task(elsewhere);
    assertThat(inline.payload()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3, (byte) next}));
    assertThat(inline.header().extra()).doesNotContainKey(FrameHeader.RING);
  }

  private static void ask(ZMQ.Socket worker, String name, long received, String domain) {
    worker.send(
        ControlMessage.request("tasks")
            .with("worker", name)
            .with("received", received)
            .with("room", 1)
            .with("ring_domain", domain)
            .encode());
  }

  /** The next message of three parts; those of one say that the ventilator is alive. */
  private static StreamMessage task(ZMQ.Socket worker) throws Exception {
    List<byte[]> parts = Messages.await(worker);
    while (parts.size() == 1) {
      parts = Messages.await(worker);
    }
    return MessageCodec.decode(parts);
  }
}
