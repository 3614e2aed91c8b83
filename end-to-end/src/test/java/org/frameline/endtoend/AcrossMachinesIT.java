package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.frameline.testing.CutLink;
import org.frameline.testing.FreePorts;
import org.frameline.testing.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs on two machines. Both are this one here: the other has an address of its own, 127.0.0.2,
 * and between them there are links that can be cut.
 */
class AcrossMachinesIT {
  /** Longer than a connection may be silent before it is given up. */
  private static final long CUT_MS = Long.getLong("frameline.cut.ms", 12_000);

  private static final byte[] OTHER_MACHINE = {127, 0, 0, 2};
  private static final int RATE = 50;
  private static final int BEFORE = 2 * RATE;
  private static final int FRAMES = (int) (BEFORE + CUT_MS * RATE / 1000 + 3 * RATE);

  @TempDir private Path directory;
  private String names;
  private final List<Program> programs = new ArrayList<>();
  private final List<CutLink> links = new ArrayList<>();
  private final List<Integer> ports = Stream.generate(FreePorts::one).limit(6).toList();

  @BeforeEach
  void writeNames() throws IOException {
    Path file = directory.resolve("hosts");
    Files.writeString(file, "127.0.0.1 localhost cam_1\n::1 six_only\n");
    names = "-Djdk.net.hosts.file=" + file;
  }

  @AfterEach
  void end() {
    programs.forEach(Program::close);
    links.forEach(CutLink::close);
  }

  private String at(String host, int socket) {
    return "tcp://" + host + ":" + ports.get(socket);
  }

  private Program start(String... arguments) {
    Program program = Program.frameline(directory, names, arguments);
    programs.add(program);
    return program;
  }

  private Program publisher(String host, String... more) {
    String[] all = {
      "publish",
      "--bind",
      at(host, 0),
      "--control-bind",
      at(host, 1),
      "--source",
      "synthetic:ramp",
      "--size",
      "64x48",
      "--format",
      "Mono8"
    };
    return start(Stream.of(all, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private Program recorder(String host, String... more) {
    String[] all = {
      "record",
      "--connect",
      at(host, 0),
      "--control",
      at(host, 1),
      "--control-bind",
      "tcp://127.0.0.1:*",
      "--out",
      "recording.h5",
      "--report",
      "record.json"
    };
    return start(Stream.of(all, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private JsonNode report(String name) throws IOException {
    return new ObjectMapper().readTree(directory.resolve(name + ".json").toFile());
  }

  /** What came before the recorder was there comes from the history, whose address it was told. */
  @ParameterizedTest
  @CsvSource({
    "[::1], [::1], ",
    "[::], [::1], ",
    "[::], 127.0.0.1, ",
    "*, cam_1, ",
    "cam_1, cam_1, ",
    "six_only, six_only, ",
    "127.0.0.1, cam_1, cam_1",
    "[::1], six_only, ::1"
  })
  void everyAddressReachesAllSockets(String bound, String connected, String advertised)
      throws IOException {
    List<String> more = new ArrayList<>(List.of("--fps", "200", "--history-bind", at(bound, 2)));
    if (advertised != null) {
      more.addAll(List.of("--advertise", advertised));
    }
    Program publisher = publisher(bound, more.toArray(String[]::new));
    publisher.awaitOutput("publishing simulated camera");
    Program status = start("status", "--control", at(connected, 1));
    assertThat(status.awaitExit()).as(status.output()).isZero();
    Program recorder = recorder(connected, "--from", "first", "--frames", "100");
    assertThat(recorder.awaitExit()).as(recorder.output() + publisher.output()).isZero();
    assertThat(report("record").get("frames").asInt()).isEqualTo(100);
    assertThat(report("record").get("fetched").asInt()).isPositive();
  }

  @Test
  void theHistoryIsWhereTheControlSocketIs() {
    Program publisher = publisher("127.0.0.2", "--frames", "1");
    publisher.awaitOutput("history on tcp://127.0.0.2:");
    assertThat(publisher.awaitExit()).as(publisher.output()).isZero();
  }

  @Test
  void anAddressThatStandsForAllIsNotAdvertised() {
    Program publisher = publisher("127.0.0.1", "--advertise", "0.0.0.0");
    assertThat(publisher.awaitExit()).isEqualTo(2);
    assertThat(publisher.output())
        .contains("--advertise: expected the name or address by which others reach this machine")
        .contains("found 0.0.0.0");
  }

  @Test
  void theNetworkIsToldOfAStreamThatIsToBeDiscovered() {
    String topic = "camera_" + ports.get(0);
    Program publisher = publisher("127.0.0.1", "--topic", topic, "--discoverable");
    publisher.awaitOutput("announced at 127.0.0.1");
    Awaitility.await()
        .atMost(Program.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(start("streams").endsWith(0))
                    .containsPattern(
                        topic + " +" + at("127.0.0.1", 0) + " +" + at("127.0.0.1", 1) + " +64x48"));
  }

  /** Between a socket of 127.0.0.2 and who connects to the same port of 127.0.0.1. */
  private void link(int socket) throws IOException {
    int port = ports.get(socket);
    links.add(
        new CutLink(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            new InetSocketAddress(InetAddress.getByAddress(OTHER_MACHINE), port)));
  }

  private void cutAndRestore(Control observed) {
    observed.awaitAtLeast("published", BEFORE);
    links.forEach(CutLink::cut);
    observed.awaitAtLeast("published", BEFORE + CUT_MS * RATE / 1000);
    links.forEach(CutLink::restore);
  }

  /** Sees to it that pixels go over the network, as between machines. */
  private Control publisherAcross(String... more) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--history-bind",
                at("127.0.0.2", 2),
                "--advertise",
                "127.0.0.1",
                "--fps",
                "" + RATE,
                "--frames",
                "" + FRAMES,
                "--wait-for",
                "1"));
    all.addAll(List.of(more));
    publisher("127.0.0.2", all.toArray(String[]::new));
    Control control = new Control(at("127.0.0.2", 1));
    control.awaitAtLeast("published", 0);
    Files.delete(Path.of(control.text("ring")));
    return control;
  }

  @Test
  void aRecorderThatWasCutOffMissesNothing() throws IOException {
    for (int socket = 0; socket < 3; socket++) {
      link(socket);
    }
    Control publisher = publisherAcross();
    Program recorder = recorder("127.0.0.1");
    cutAndRestore(publisher);
    assertThat(recorder.awaitExit()).as(recorder.output()).isZero();
    assertThat(programs.get(0).awaitExit()).as(programs.get(0).output()).isZero();
    assertComplete("record");
  }

  /** The publisher has room for two seconds. */
  @Test
  void aLosslessPublisherWaitsForARecorderThatIsCutOff() throws IOException {
    for (int socket = 0; socket < 3; socket++) {
      link(socket);
    }
    Control publisher = publisherAcross("--lossless", "--history", "320000B");
    Program recorder = recorder("127.0.0.1");
    publisher.awaitAtLeast("published", BEFORE);
    links.forEach(CutLink::cut);
    publisher.awaitEmpty("subscribers");
    // It cannot be heard any more, and is waited for all the same.
    assertThat(publisher.status("published")).isLessThan(FRAMES);
    links.forEach(CutLink::restore);
    assertThat(recorder.awaitExit()).as(recorder.output()).isZero();
    assertThat(programs.get(0).awaitExit()).as(programs.get(0).output()).isZero();
    assertComplete("record");
  }

  @Test
  void workersThatWereCutOffCostNothing() throws IOException {
    for (int socket = 3; socket < 5; socket++) {
      link(socket);
    }
    Control publisher = publisherAcross();
    Program sink =
        start(
            "sink",
            "--bind",
            at("127.0.0.2", 4),
            "--handshake",
            at("127.0.0.2", 5),
            "--report",
            "sink.json");
    Program ventilator =
        start(
            "ventilate",
            "--connect",
            at("127.0.0.2", 0),
            "--control",
            at("127.0.0.2", 1),
            "--bind",
            at("127.0.0.2", 3),
            "--sink",
            at("127.0.0.2", 5),
            "--workers",
            "2",
            "--report",
            "ventilate.json");
    for (int worker = 0; worker < 2; worker++) {
      start("fft", "--connect", at("127.0.0.1", 3), "--results", at("127.0.0.1", 4));
    }
    cutAndRestore(publisher);
    assertThat(ventilator.awaitExit()).as(ventilator.output()).isZero();
    assertThat(sink.awaitExit()).as(sink.output()).isZero();
    assertComplete("sink");
  }

  private void assertComplete(String program) throws IOException {
    JsonNode report = report(program);
    assertThat(report.get("frames").asInt()).as(report.toString()).isEqualTo(FRAMES);
    assertThat(report.get("missing").asInt()).isZero();
  }
}
