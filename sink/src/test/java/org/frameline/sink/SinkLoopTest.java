package org.frameline.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.ReceivedFrames;
import org.frameline.protocol.StreamMessage.References;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.frameline.protocol.ring.FrameRing;
import org.frameline.protocol.socket.Messages;
import org.frameline.testing.FreePorts;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.ZMQ;

/** The sink between a ventilator and workers that the test plays. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class SinkLoopTest {
  @TempDir Path folder;
  private RunningSink sink;

  @BeforeEach
  void nothingRunsYet() {
    sink = new RunningSink(folder);
  }

  @AfterEach
  void endAll() {
    sink.close();
  }

  @Test
  void acknowledgesTheFramesThatItIsAskedAbout() throws Exception {
    sink.start();
    sink.name("s");
    sink.sendResults(0, 1, 2, 4, 5, 9);
    sink.awaitReceived(6);
    assertThat(ReceivedFrames.in(sink.ask(RunningSink.dealt("progress", "s", 0, 1, false))))
        .containsExactly(
            new ReceivedFrames("s", 3, List.of(new FrameSet.Run(4, 2), new FrameSet.Run(9, 1))));
    assertThat(ReceivedFrames.in(sink.ask(RunningSink.about("end", "s", 0))))
        .as("a ventilator that asks as before")
        .containsExactly(
            new ReceivedFrames("s", 3, List.of(new FrameSet.Run(4, 2), new FrameSet.Run(9, 1))));
    assertThat(ReceivedFrames.in(sink.ask("status"))).isEmpty();
  }

  @Test
  void takesSeveralReferencesInOneMessage() throws Exception {
    try (FrameRing ring = FrameRing.create(folder, "w1-0", 48, 3)) {
      sink.start();
      sink.name("s");
      Map<String, Object> facts = Map.of("ring", ring.file().toString(), "ring_index", 0);
      sink.send(new WorkerNotice("worker", "w1", WorkerNotice.State.READY, facts));
      await().until(() -> ring.taken() == 0);
      assertThat(ring.together()).isEqualTo(References.MOST);
      List<FrameHeader> headers = new ArrayList<>();
      for (long n = 0; n < 3; n++) {
        ring.begin(n).put(Results.result(n).payload());
        ring.commit(n);
        Map<String, Object> where = Map.of("ring", ring.file().toString(), "ring_index", n);
        headers.add(Results.result(n).header().with(where));
      }
      headers.add(2, headers.get(0).with(Map.of("ring_index", 7)));
      sink.send(new References("ring/camera_frame", headers));
      sink.awaitReceived(3);
      assertThat(ring.taken()).isEqualTo(3);
      sink.end("s", 0, 3);
      assertThat(sink.exitCode()).isZero();
      assertThat(sink.report()).contains("\"from_ring\" : 3").contains("\"unreadable\" : 1");
    }
  }

  @Test
  void forgetsAWorkerThatFallsSilent() throws Exception {
    sink.start();
    sink.send(new WorkerNotice("worker", "w1", WorkerNotice.State.READY, Map.of()));
    await().pollInSameThread().until(() -> sink.ask("hello").texts("workers").size() == 1);
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInSameThread()
        .until(() -> sink.ask("hello").texts("workers").isEmpty());
  }

  /** Over real connections: 300 names, and the name of another. */
  @Test
  void aWorkerKeepsItsNameInBadCompany() throws Exception {
    sink.start();
    sink.send(new WorkerNotice("worker", "w1", WorkerNotice.State.READY, Map.of("token", "w1's")));
    await().pollInSameThread().until(() -> sink.ask("hello").texts("workers").size() == 1);
    ZMQ.Socket stranger = sink.connectWorker();
    for (Map<String, Object> facts : List.<Map<String, Object>>of(Map.of(), Map.of("token", "x"))) {
      Messages.send(stranger, new WorkerNotice("worker", "w1", WorkerNotice.State.LEAVING, facts));
    }
    for (int i = 0; i < 300; i++) {
      Messages.send(
          stranger, new WorkerNotice("worker", "x" + i, WorkerNotice.State.READY, Map.of()));
    }
    await()
        .pollInSameThread()
        .until(() -> sink.ask("hello").texts("workers").size() == 1 + WorkerTally.MOST_BY_ONE);
    ZMQ.Socket second = sink.connectWorker();
    Messages.send(second, new WorkerNotice("worker", "w2", WorkerNotice.State.READY, Map.of()));
    await().pollInSameThread().until(() -> sink.ask("hello").texts("workers").contains("w2"));
    assertThat(sink.ask("hello").texts("workers")).contains("w1");
    sink.send(
        new WorkerNotice("worker", "w1", WorkerNotice.State.LEAVING, Map.of("token", "w1's")));
    await().pollInSameThread().until(() -> !sink.ask("hello").texts("workers").contains("w1"));
  }

  @Test
  void hasEnoughAfterAsManyFramesAsItWasTold() throws Exception {
    sink.start("--frames", "3");
    sink.ask(RunningSink.about("progress", "s", 0));
    sink.sendResults(0, 1);
    sink.awaitReceived(2);
    assertThat(sink.ask("status").isTrue("finished")).isFalse();
    sink.sendResults(2, 3, 4);
    sink.awaitReceived(3);
    assertThat(sink.ask("status").isTrue("finished")).isTrue();
    sink.ask("end");
    sink.ask("goodbye");
    assertThat(sink.exitCode()).isZero();
    assertThat(sink.report()).contains("\"frames\" : 3", "\"missing\" : 0");
  }

  @Test
  void answersAQuestionForProgressWhenThereIsSome() throws Exception {
    sink.start();
    sink.ask("hello");
    sink.ask("progress");
    long start = System.nanoTime();
    assertThat(sink.ask("progress").count("received")).contains(0L);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(90), Duration.ofMillis(600));
    sink.name("s");
    sink.sendResults(0);
    assertThat(sink.ask("progress").count("received")).contains(1L);
  }

  @Test
  void tellsWhichWorkersAreReady() throws Exception {
    sink.start();
    sink.send(new WorkerNotice("worker", "w1", WorkerNotice.State.READY, Map.of()));
    sink.send(new WorkerNotice("worker", "w2", WorkerNotice.State.READY, Map.of()));
    await().pollInSameThread().until(() -> sink.ask("hello").texts("workers").size() == 2);
    sink.send(new WorkerNotice("worker", "w1", WorkerNotice.State.LEAVING, Map.of()));
    await()
        .pollInSameThread()
        .until(() -> sink.ask("hello").texts("workers").equals(List.of("w2")));
  }

  @Test
  void survivesGarbageOnBothSockets() throws Exception {
    sink.start("--out", sink.file("spectra.h5"));
    sink.ask(RunningSink.about("progress", "s", 0));
    sink.worker().send("just one part");
    sink.worker().sendMore("t");
    sink.worker().sendMore("{\"htype\":\"array-1.0\"}");
    sink.worker().send(new byte[3]);
    for (String question :
        List.of(
            "",
            "[]",
            "{\"request\":5}",
            "{\"request\":\"dance\"}",
            "{\"request\":\"hello\",\"window\":-7}",
            "{\"request\":\"hello\",\"window\":99999999999}",
            "{\"request\":\"progress\",\"stream\":\"s\",\"first\":-5}",
            "{\"request\":\"progress\",\"stream\":\"x\",\"first\":9223372036854775807}",
            "{\"request\":\"progress\",\"stream\":null,\"first\":null}",
            "{\"request\":\"status\",\"more\":" + "[".repeat(9_000))) {
      sink.ask(question.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(sink.ask("dance").text("error").orElseThrow())
        .contains("expected status, stop, hello, progress, end or goodbye");
    sink.sendResults(0, 1);
    sink.awaitReceived(2);
    sink.end("s", 0, 2);
    assertThat(sink.exitCode()).isZero();
    assertThat(sink.report()).contains("\"malformed\" : 2");
    assertThat(sink.entries("spectra.h5")).containsExactly("entry [0, 1] [] [2, 3] complex64 True");
  }

  @Test
  void aPortInUseIsOneLineAndEndsAtOnce() throws Exception {
    for (String option : List.of("--bind", "--handshake")) {
      endAll();
      nothingRunsYet();
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        String endpoint = "tcp://127.0.0.1:" + taken.getLocalPort();
        String other = option.equals("--bind") ? "--handshake" : "--bind";
        long start = System.nanoTime();
        assertThat(sink.command().execute(option, endpoint, other, FreePorts.endpoint()))
            .isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(450));
        assertThat(sink.err().lines())
            .containsExactly(
                "frameline: cannot bind "
                    + endpoint
                    + ": the address is in use; choose another with "
                    + option);
      }
    }
  }
}
