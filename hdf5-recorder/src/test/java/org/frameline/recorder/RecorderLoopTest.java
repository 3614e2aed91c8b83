package org.frameline.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.testing.NoThreadLeft;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.frameline.testing.recordings.Entries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The recorder behind a publisher that the test plays; h5py tells what is in the files. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class RecorderLoopTest {
  private static final String PLAIN = " [3, 4] uint8 True";

  @TempDir Path folder;

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Played record(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--out", file("r.h5").toString()));
    all.addAll(List.of(options));
    return new Played(folder, all.toArray(String[]::new)).awaitSubscription();
  }

  private List<String> entries(String name) throws Exception {
    return Entries.of(file(name));
  }

  @Test
  void recordsAWholeStream() throws Exception {
    try (Played played = record()) {
      played.publish("s", 0, 1, 2).publishEnd("s", 3);
      assertThat(played.exitCode()).isZero();
      assertThat(played.report())
          .contains("\"frames\" : 3", "\"missing\" : 0", "\"duplicate\" : 0", "\"malformed\" : 0")
          .contains("r.h5", "\"p99\"", "\"stream\" : \"s\"");
      assertThat(played.err()).isEmpty();
    }
    assertThat(entries("r.h5")).containsExactly("entry [0, 1, 2] []" + PLAIN);
  }

  @Test
  void listsGapsAsMissingAndSaysSo() throws Exception {
    try (Played played = record()) {
      played.publish("s", 0, 1, 5, 5, 3, 6, 300).publishEnd("s", 310);
      assertThat(played.exitCode()).isEqualTo(3);
      assertThat(played.report())
          .contains("\"frames\" : 5", "\"missing\" : 305", "\"duplicate\" : 2");
    }
    assertThat(entries("r.h5"))
        .containsExactly("entry [0, 1, 5, 6, 300] [[2, 3], [7, 293], [301, 9]]" + PLAIN);
  }

  @Test
  void putsTheTimesWithoutACameraOnRecord() throws Exception {
    try (Played played = record()) {
      played.publish("s", 0, 1);
      FrameHeader header = new FrameHeader(List.of(3, 4), ElementType.UINT8, 2, 2, "s", Map.of());
      Map<String, Object> gone =
          Map.of(
              FrameHeader.RECONNECTS, 1, FrameHeader.OUTAGE_FRAME, 2, FrameHeader.OUTAGE_MS, 4_321);
      for (long number = 2; number < 4; number++) {
        byte[] pixels = new byte[12];
        Arrays.fill(pixels, (byte) number);
        played.publish(
            new Frame(Played.TOPIC, header.with(gone).at(number, number), ByteBuffer.wrap(pixels)));
      }
      played.publishEnd("s", 4);
      assertThat(played.exitCode()).isZero();
      assertThat(played.report()).contains("\"outages\" : 1", "\"missing\" : 0");
    }
    assertThat(entries("r.h5")).containsExactly("entry [0, 1, 2, 3] []" + PLAIN);
    String script =
        "import h5py, sys; f = h5py.File(sys.argv[1], 'r'); e = f['entry'];"
            + " print(e['outages'][:].tolist(), 'reconnects' in e['stream'].attrs)";
    assertThat(Python.run(script, file("r.h5"))).isEqualTo("[[2, 4321]] False");
  }

  @Test
  void aClockThatJumpsLosesNoFrameAndEndsNothing() throws Exception {
    long[] times = {5_000_000_000L, Long.MAX_VALUE, 0, 3_000_000_000L, Long.MIN_VALUE, 1};
    try (Played played = record("--duration", "10m", "--checkpoint", "10ms")) {
      for (int n = 0; n < times.length; n++) {
        FrameHeader header =
            new FrameHeader(List.of(3, 4), ElementType.UINT8, n, times[n], "s", Map.of());
        byte[] pixels = new byte[12];
        Arrays.fill(pixels, (byte) n);
        played.publish(new Frame(Played.TOPIC, header, ByteBuffer.wrap(pixels)));
      }
      played.publishEnd("s", times.length);
      assertThat(played.exitCode()).isZero();
      assertThat(played.report()).contains("\"frames\" : 6", "\"missing\" : 0");
    }
    assertThat(entries("r.h5")).containsExactly("entry [0, 1, 2, 3, 4, 5] []" + PLAIN);
    String script = "import h5py, sys; print(*h5py.File(sys.argv[1])['entry/data/timestamp_ns'])";
    assertThat(Python.run(script, file("r.h5")).split(" "))
        .containsExactly(Arrays.stream(times).mapToObj(Long::toString).toArray(String[]::new));
  }

  @Test
  void joinsLateWithoutAGapUnlessItWasReadyBefore() throws Exception {
    try (Played played = record()) {
      played.publish("s", 100, 101).publishEnd("s", 102);
      assertThat(played.exitCode()).isZero();
    }
    assertThat(entries("r.h5")).containsExactly("entry [100, 101] []" + PLAIN);
    try (Played played = record("--overwrite")) {
      played.answerReady("s", 98);
      await().pollInSameThread().until(() -> played.ask("status").isOk());
      played.publish("s", 100, 101).publishEnd("s", 102);
      assertThat(played.exitCode()).isEqualTo(3);
    }
    assertThat(entries("r.h5")).containsExactly("entry [100, 101] [[98, 2]]" + PLAIN);
  }

  @Test
  void aNewStreamIsANewEntryAndNoGap() throws Exception {
    try (Played played = record()) {
      played.publish("a", 0, 1, 2).publish("b", 0, 1).publishEnd("b", 2);
      assertThat(played.exitCode()).isZero();
    }
    assertThat(entries("r.h5"))
        .containsExactly("entry [0, 1, 2] []" + PLAIN, "entry_2 [0, 1] []" + PLAIN);
  }

  @Test
  void whatIsMissingOfAStreamWithoutAFrameStandsInNoOtherEntry() throws Exception {
    try (Played played = record()) {
      played.answerReady("a", 0);
      played.publish("a", 0, 1, 2, 3, 4, 5, 6, 7);
      await().pollInSameThread().until(() -> played.ask("status").count("frames").orElse(0L) == 8);
      // The publisher was restarted, the recorder is ready again, and every frame is lost.
      played.answerReady("b", 2);
      await().pollInSameThread().until(() -> played.ask("status").isOk());
      played.publishEnd("b", 5);
      assertThat(played.exitCode()).isEqualTo(3);
      assertThat(played.report()).contains("\"missing\" : 3");
    }
    assertThat(entries("r.h5")).containsExactly("entry [0, 1, 2, 3, 4, 5, 6, 7] []" + PLAIN);
  }

  @Test
  void endsAfterAsManyFramesAsItWasTold() throws Exception {
    try (Played played = record("--frames", "3")) {
      played.publish("s", 0, 1, 2, 3, 4);
      assertThat(played.exitCode()).isZero();
    }
    assertThat(entries("r.h5")).containsExactly("entry [0, 1, 2] []" + PLAIN);
  }

  @Test
  void endsAfterAsLongAsItWasTold() throws Exception {
    try (Played played = record("--duration", "400ms")) {
      played.publish("s", 0);
      long start = System.nanoTime();
      assertThat(played.exitCode()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
    }
    assertThat(entries("r.h5")).containsExactly("entry [0] []" + PLAIN);
  }

  @Test
  void beginsANewFileWhenOneIsFull() throws Exception {
    try (Played played = record("--rotate-frames", "2")) {
      played.publish("s", 0, 1, 2, 5, 6).publishEnd("s", 8);
      assertThat(played.exitCode()).isEqualTo(3);
      assertThat(played.report()).contains("\"frames\" : 5", "\"missing\" : 3", "r_0003.h5");
      assertThat(played.report())
          .as("how long writing took in all three files")
          .containsPattern("\"write_ms\" : \\{\\s+\"write\" : \\{\\s+\"count\" : [1-9]")
          .containsPattern("\"checkpoint\" : \\{\\s+\"count\" : [3-9]");
    }
    assertThat(entries("r_0001.h5")).containsExactly("entry [0, 1] []" + PLAIN);
    assertThat(entries("r_0002.h5")).containsExactly("entry [2, 5] [[3, 2]]" + PLAIN);
    assertThat(entries("r_0003.h5")).containsExactly("entry [6] [[7, 1]]" + PLAIN);
    assertThat(file("r.h5")).doesNotExist();
  }

  @Test
  void countsSizeInPixels() throws Exception {
    try (Played played = record("--rotate-size", "30B")) {
      played.publish("s", 0, 1, 2).publishEnd("s", 3);
      assertThat(played.exitCode()).isZero();
    }
    assertThat(entries("r_0001.h5")).containsExactly("entry [0, 1] []" + PLAIN);
    assertThat(entries("r_0002.h5")).containsExactly("entry [2] []" + PLAIN);
  }

  @Test
  void compressesWhenAsked() throws Exception {
    try (Played played = record("--compression", "gzip")) {
      played.publish("s", 0, 1, 2).publishEnd("s", 3);
      assertThat(played.exitCode()).isZero();
    }
    assertThat(entries("r.h5"))
        .singleElement()
        .asString()
        .startsWith("entry [0, 1, 2] [] [3, 4] uint8 True gzip");
  }

  @Test
  void replacesAFileOnlyWhenToldTo() throws Exception {
    Files.writeString(file("r.h5"), "somebody's data");
    try (Played refused = new Played(folder, "--out", file("r.h5").toString())) {
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err().lines())
          .containsExactly(
              "frameline: "
                  + file("r.h5")
                  + " exists already; choose another name or use --overwrite or --append");
    }
    assertThat(file("r.h5")).hasContent("somebody's data");
    try (Played played = record("--overwrite")) {
      played.publish("s", 4).publishEnd("s", 5);
      assertThat(played.exitCode()).isZero();
    }
    assertThat(entries("r.h5")).containsExactly("entry [4] []" + PLAIN);
  }

  @Test
  void addsAnEntryWhenToldTo() throws Exception {
    for (String stream : List.of("a", "b")) {
      try (Played played = record("--append")) {
        played.publish(stream, 0, 1).publishEnd(stream, 2);
        assertThat(played.exitCode()).isZero();
      }
    }
    assertThat(entries("r.h5"))
        .containsExactly("entry [0, 1] []" + PLAIN, "entry_2 [0, 1] []" + PLAIN);
  }

  @Test
  void refusesToAppendToWhatIsNoRecordingAndLeavesItAlone() throws Exception {
    Files.writeString(file("r.h5"), "somebody's data");
    try (Played played = new Played(folder, "--out", file("r.h5").toString(), "--append")) {
      assertThat(played.exitCode()).isEqualTo(1);
      assertThat(played.err().lines()).hasSize(1);
      assertThat(played.err()).startsWith("frameline: ").contains("r.h5");
    }
    assertThat(file("r.h5")).hasContent("somebody's data");
  }

  @Test
  void countsMalformedMessagesAndRecordsOn() throws Exception {
    try (Played played = record()) {
      played.publish("s", 0);
      played.publisher.send(Played.TOPIC);
      played.publisher.sendMore(Played.TOPIC);
      played.publisher.sendMore("{\"htype\":\"array-1.0\",\"shape\":[2147483647,2147483647]}");
      played.publisher.send(new byte[5]);
      played.publish("s", 1).publishEnd("s", 2);
      assertThat(played.exitCode()).isZero();
      assertThat(played.report()).contains("\"malformed\" : 2");
    }
    assertThat(entries("r.h5")).containsExactly("entry [0, 1] []" + PLAIN);
  }

  @Test
  void recordsArraysOfAnyShapeTypeAndHeader() throws Exception {
    Map<String, Object> strange = new LinkedHashMap<>();
    strange.put("nested", Map.of("a", List.of(1)));
    strange.put("nothing", null);
    strange.put("mixed", Arrays.asList(1, "x"));
    strange.put("NX_class", "NXevil");
    strange.put("", "no name");
    strange.put("source", 5);
    int frames = 0;
    try (Played played = record()) {
      for (ElementType type : ElementType.values()) {
        for (List<Integer> shape : List.of(List.of(1), List.of(1, 1, 1, 1, 1, 1, 1, 2))) {
          FrameHeader header = new FrameHeader(shape, type, frames++, -5, "s", strange);
          played.publish(
              new Frame(Played.TOPIC, header, ByteBuffer.allocate((int) header.payloadBytes())));
        }
      }
      played.publishEnd("s", frames);
      assertThat(played.exitCode()).as(played.err()).isZero();
    }
    assertThat(entries("r.h5")).hasSize(frames);
  }

  @Test
  void answersAndStopsOverItsControlSocketWhateverElseComesThere() throws Exception {
    try (Played played = record()) {
      played.publish("s", 0, 1);
      await().pollInSameThread().until(() -> played.ask("status").count("frames").orElse(0L) == 2);
      assertThat(played.ask("status").fields())
          .containsEntry("program", "record")
          .containsEntry("stream", "s")
          .doesNotContainKey("timeline");
      for (String junk : List.of("", "{", "[]", "{\"request\":{}}", "\0\0\0{")) {
        assertThat(played.ask(junk.getBytes(StandardCharsets.UTF_8)).isOk()).isFalse();
      }
      assertThat(played.ask("stop").isOk()).isTrue();
      assertThat(played.exitCode()).isZero();
    }
    assertThat(entries("r.h5")).containsExactly("entry [0, 1] []" + PLAIN);
  }

  /** As when the network is gone: nobody knows what the publisher has sent meanwhile. */
  @Test
  void saysThatItWasStoppedWhileNothingCameFromItsPublisher() throws Exception {
    try (Played played = record()) {
      played.answerReady("s", 0);
      played.publish("s", 0);
      await().pollInSameThread().until(() -> played.ask("status").count("frames").orElse(0L) == 1);
      await()
          .pollInSameThread()
          .atMost(Duration.ofSeconds(20))
          .until(() -> played.ask("status").count("silent_ms").orElse(0L) > 5_000);
      played.stop.stop();
      assertThat(played.exitCode()).isEqualTo(3);
      assertThat(played.report()).contains("\"missing\" : 0");
    }
    assertThat(entries("r.h5")).containsExactly("entry [0] []" + PLAIN);
  }

  @Test
  void stopsAtOnceWithOrWithoutFrames() throws Exception {
    for (boolean frames : new boolean[] {false, true}) {
      try (Played played = record("--overwrite")) {
        if (frames) {
          played.publish("s", 0);
          await()
              .pollInSameThread()
              .until(() -> played.ask("status").count("frames").orElse(0L) == 1);
        }
        long start = System.nanoTime();
        played.stop.stop();
        assertThat(played.exitCode()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      }
      assertThat(Files.exists(file("r.h5"))).isEqualTo(frames);
    }
  }

  @Test
  void aFullDiskEndsItWithOneLineAndAFileThatOpens() throws Exception {
    Path disk = Files.createDirectory(file("disk"));
    String mount = "mount -t tmpfs -o size=4m tmpfs " + disk;
    Program.run(folder, mount.split(" ")).succeeded();
    try (Played played =
        new Played(folder, "--out", disk.resolve("r.h5").toString()).awaitSubscription()) {
      for (long n = 0; n < 8; n++) {
        FrameHeader header =
            new FrameHeader(List.of(1024, 1024), ElementType.UINT8, n, 5, "s", Map.of());
        byte[] pixels = new byte[1 << 20];
        Arrays.fill(pixels, (byte) n);
        played.publish(new Frame(Played.TOPIC, header, ByteBuffer.wrap(pixels)));
      }
      assertThat(played.exitCode()).isEqualTo(1);
      assertThat(played.err().lines()).hasSize(1);
      assertThat(played.err())
          .startsWith("frameline: " + disk.resolve("r.h5"))
          .contains("No space left on device", "frames are kept");
      assertThat(entries("disk/r.h5"))
          .singleElement()
          .asString()
          .startsWith("entry [0, 1")
          .endsWith("True");
    } finally {
      Program.run(folder, "umount", disk.toString()).succeeded();
    }
  }
}
