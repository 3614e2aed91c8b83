package org.frameline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.frameline.protocol.ElementType;
import org.frameline.recording.write.RecordingWriter;
import org.frameline.testing.Checkout;
import org.frameline.testing.Footage;
import org.frameline.testing.FreePorts;
import org.frameline.testing.Program;
import org.frameline.testing.RtspCamera;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command and every Python program of README.md, the last test sees to that. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReadmeIT {
  private static final int LAST = Integer.MAX_VALUE;
  private static final int FRAMES_OF_THE_VIDEO = 12;
  private static final int PORTS_OF_THE_DEMO = 20;

  private static ReadmeCommands readme;
  private static List<CodeBlock> programs;
  private static List<CodeBlock> programsNotRun;

  @TempDir private Path folder;
  @AutoClose private Started started;
  private MovedPorts ports;

  @BeforeAll
  static void read() throws IOException {
    readme = new ReadmeCommands();
    programs = CodeBlock.of(Checkout.read("README.md"), "python");
    programsNotRun = new ArrayList<>(programs);
  }

  @BeforeEach
  void choosePorts() {
    ports = new MovedPorts();
    started = new Started(folder);
  }

  @Test
  void theDemoLeavesARecordingSpectraAPageAndReports() throws Exception {
    demo("scripts/demo", "demo-output");
    demo(
        "scripts/demo --source synthetic:particles --frames 300 --fps 60 --workers 2 --out"
            + " particles",
        "particles");
  }

  private void demo(String command, String results) throws Exception {
    String line =
        readme.take(command).replace("$PORT_BASE", "" + FreePorts.block(PORTS_OF_THE_DEMO));
    started.shell(line).endsWith(0);
    Path out = folder.resolve(results);
    assertThat(out.resolve("report.html")).content().contains("<html");
    assertThat(framesIn(out.resolve("recording.h5"))).isEqualTo(40);
    assertThat(framesIn(out.resolve("spectra.h5"))).isEqualTo(40);
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.filter(file -> file.toString().endsWith(".json")).count())
          .isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void theTestsFindWhatTheyNeed() throws Exception {
    assertThat(start("scripts/test").endsWith(0)).contains("Apache Maven", "Java version");
  }

  @Test
  void theMachineIsMeasured() throws Exception {
    assertThat(start("scripts/frameline bench").endsWith(0)).contains("bytes/s");
    String command =
        "scripts/frameline bench --size 1280x1024 --format Mono16 --dir /data --prove --html"
            + " bench.html --json bench.json";
    assertThat(start(command).endsWith(0)).contains("This machine publishes");
    assertThat(folder.resolve("bench.html")).content().contains("<svg");
    assertThat(folder.resolve("bench.json")).content().contains("\"frames_per_second\"");
  }

  @Test
  void camerasAreListedUnderTheNamesThatSourceTakes() throws Exception {
    String list = start("scripts/frameline cameras").endsWith(0);
    assertThat(list.strip().lines())
        .isNotEmpty()
        .allMatch(
            line -> line.startsWith("webcam:") || line.startsWith("This machine has no camera."));
  }

  @Test
  void theWebcamThatIsNotThereIsOneLine() throws Exception {
    String output = start("scripts/frameline publish --source webcam:0 --wait-for 1").endsWith(1);
    assertThat(output.lines()).hasSize(1);
    assertThat(output).startsWith("frameline: no camera webcam:63");
  }

  @Test
  void aNetworkCameraIsRecordedAndReadBack() throws Exception {
    try (RtspCamera camera = new RtspCamera(video(), "h264")) {
      Program recorder = start("scripts/frameline record --out recording.h5");
      String publish =
          ports.inCommand(
              readme.take(
                  "scripts/frameline publish --source rtsp://192.0.2.10/stream --wait-for 1"));
      started.shell(publish.replace("$CAMERA", camera.address())).endsWith(0);
      recorder.endsWith(0);
    }

    assertThat(framesIn(folder.resolve("recording.h5"))).isEqualTo(20);
    assertThat(started.shell(readme.take("h5dump -H recording.h5")).endsWith(0))
        .contains("GROUP \"entry\"", "NX_class");
    assertThat(program("recording.h5").endsWith(0))
        .contains("(20, 240, 320, 3) uint8", "missing: 0 frames");
  }

  @Test
  void aVideoFileIsRecordedToItsLastFrame() throws Exception {
    video();
    Program recorder = start("scripts/frameline record --out recording.h5");
    start("scripts/frameline publish --source video:run.avi --fps max --lossless --wait-for 1")
        .endsWith(0);
    recorder.endsWith(0);
    assertThat(framesIn(folder.resolve("recording.h5"))).isEqualTo(FRAMES_OF_THE_VIDEO);
    assertThat(start("scripts/frameline verify recording.h5").endsWith(0))
        .contains("recording.h5: complete: 1 entry, " + FRAMES_OF_THE_VIDEO + " frames");
    assertThat(start("scripts/frameline info recording.h5").endsWith(0))
        .contains("recording.h5: 1 entry", "  frames    " + FRAMES_OF_THE_VIDEO + ", numbers 0 to");
    start("scripts/frameline copy recording.h5 --from 10 --to 19 --out part.h5").endsWith(0);
    assertThat(framesIn(folder.resolve("part.h5"))).isEqualTo(FRAMES_OF_THE_VIDEO - 10);
    start(
            "scripts/frameline copy recording.h5 --compression gzip --checksum fletcher32 --out"
                + " small.h5")
        .endsWith(0);
    assertThat(framesIn(folder.resolve("small.h5"))).isEqualTo(FRAMES_OF_THE_VIDEO);
    start("scripts/frameline plot recording.h5 --out recording.html").endsWith(0);
    start("scripts/frameline plot recording.h5 --out plots").endsWith(0);
    assertThat(folder.resolve("recording.html")).content().contains("data:image/png;base64,");
    assertThat(folder.resolve("plots/intensity.png")).exists();
    assertThat(
            start(
                    "scripts/frameline spectrum recording.h5 --out spectrum.h5 --plots spectrum"
                        + " --pixel-size 3.45um")
                .endsWith(0))
        .contains("cycles/metre");
    assertThat(folder.resolve("spectrum.h5")).exists();
    assertThat(folder.resolve("spectrum/spectrum.png")).exists();

    assertThat(start("scripts/frameline export recording.h5 --out recording.mp4").endsWith(0))
        .contains("recording.mp4: " + FRAMES_OF_THE_VIDEO + " frames, 320x240, H.264");
    start("scripts/frameline export recording.h5 --out pictures --every 10").endsWith(0);
    assertThat(folder.resolve("pictures/frame_000010.png")).exists();
    start("scripts/frameline export recording.h5 --frame 7 --out frame.tif").endsWith(0);
    assertThat(ImageIO.read(folder.resolve("frame.tif").toFile()).getWidth()).isEqualTo(320);
    start("scripts/frameline export recording.h5 --contact-sheet --out sheet.png").endsWith(0);
    assertThat(ImageIO.read(folder.resolve("sheet.png").toFile()).getWidth()).isGreaterThan(500);
  }

  @Test
  void aRunningPublisherAndRecorderAreLookedIntoAndStopped() throws Exception {
    Program publisher =
        start(
            "scripts/frameline publish --source synthetic:fringes --fps 60 --size 1280x1024"
                + " --format Mono16");
    publisher.awaitOutput("publishing");
    assertThat(program("socket.subscribe").endsWith(0).lines())
        .hasSize(10)
        .allMatch(line -> line.matches("frame \\d+ \\(1024, 1280\\) mean [0-9.]+"));
    start(
            "scripts/frameline record --out series.h5 --frames 500 --rotate-frames 100 --report"
                + " series.json")
        .endsWith(0);
    assertThat(framesIn(folder.resolve("series_0001.h5"))).isEqualTo(8);
    assertThat(framesIn(folder.resolve("series_0003.h5"))).isEqualTo(4);
    assertThat(start("scripts/frameline info series_*.h5").endsWith(0).lines())
        .hasSize(4)
        .anyMatch(line -> line.matches("series_0003.h5 +entry +1280x1024 +Mono16 +4 +0 .* closed"));
    start("scripts/frameline copy series_*.h5 --out whole.h5").endsWith(0);
    assertThat(framesIn(folder.resolve("whole.h5"))).isEqualTo(20);
    assertThat(folder.resolve("series.json")).content().contains("\"frames\" : 20");

    Program recorder =
        start(
            "scripts/frameline record --out night.h5 --duration 8h --compression gzip --rotate-size"
                + " 2GiB");
    recorder.awaitOutput("recording");
    start("scripts/frameline snap --out frame.png").endsWith(0);
    start("scripts/frameline snap --out frame.h5").endsWith(0);
    assertThat(ImageIO.read(folder.resolve("frame.png").toFile()).getWidth()).isEqualTo(1280);
    assertThat(framesIn(folder.resolve("frame.h5"))).isOne();
    assertThat(start("scripts/frameline status").endsWith(0)).contains("state: streaming");
    // The second file shows that the recorder has really rotated; it is there when it is needed.
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(60))
        .until(() -> Files.exists(folder.resolve("night_0002.h5")));
    assertThat(start("scripts/frameline status --control tcp://127.0.0.1:5570").endsWith(0))
        .contains("program: record", "night_0001.h5");
    start("scripts/frameline stop --control tcp://127.0.0.1:5570").endsWith(0);
    recorder.endsWith(0);
    assertThat(framesIn(folder.resolve("night_0001.h5"))).isPositive();
    start("scripts/frameline stop").endsWith(0);
    publisher.endsWith(0);
  }

  @Test
  void aPublisherOnAllInterfacesAnswersAndEndsOnSigterm() throws Exception {
    Program publisher =
        start(
            "scripts/frameline publish --source synthetic:noise --bind tcp://0.0.0.0:5555"
                + " --control-bind tcp://0.0.0.0:5556");
    publisher.awaitOutput("publishing");
    start("scripts/frameline status").endsWith(0);
    start("scripts/frameline streams").endsWith(0);
    publisher.terminate();
    publisher.endsWith(0);
  }

  @Test
  void sixTerminalsMakeSpectraThatNumpyAgreesWith() throws Exception {
    Program sink = start("scripts/frameline sink --out spectra.h5 --report sink.json");
    Program worker = start("scripts/frameline fft --output complex");
    Program otherWorker = start("scripts/frameline fft --output complex");
    Program ventilator = start("scripts/frameline ventilate --workers 2");
    Program recorder = start("scripts/frameline record --out frames.h5");
    Program publisher =
        start(
            "scripts/frameline publish --source synthetic:particles --fps 60 --frames 600"
                + " --wait-for 2");
    for (Program program : List.of(publisher, recorder, ventilator, worker, otherWorker, sink)) {
      program.endsWith(0);
    }
    assertThat(framesIn(folder.resolve("spectra.h5"))).isEqualTo(60);
    assertThat(folder.resolve("sink.json")).content().contains("per_worker", "\"frames\" : 60");
    String line = program("spectra.h5").endsWith(0).strip();
    assertThat(line).startsWith("(3, 480, 321) complex64 relative error ");
    assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' ')))).isBetween(0.0, 1e-6);
  }

  @Test
  void aRecordingIsSentAgain() throws Exception {
    Program recorder = start("scripts/frameline record --out original.h5");
    start("scripts/frameline publish --source synthetic:fringes --fps 50 --frames 100 --wait-for 1")
        .endsWith(0);
    recorder.endsWith(0);
    Program copier = start("scripts/frameline record --out copy.h5");
    start("scripts/frameline publish --source hdf5:original.h5 --lossless --wait-for 1")
        .endsWith(0);
    copier.endsWith(0);
    assertThat(framesIn(folder.resolve("copy.h5"))).isEqualTo(100);
    assertThat(
            start("scripts/frameline publish --source hdf5:original.h5 --from 20 --to 40 --speed 4")
                .endsWith(0))
        .contains("published 21 frames");
  }

  @Test
  void recordingsAreFetchedFromAnotherMachine() throws Exception {
    Path recordings = Files.createDirectory(folder.resolve("recordings"));
    Recordings content = Recordings.of(ElementType.UINT8, List.of(24, 32)).noise();
    content.write(recordings.resolve("night_0001.h5"), 0, 1);
    Files.write(recordings.resolve("flat-field.npy"), new byte[5_000]);
    Program server = start("scripts/frameline serve recordings --bind tcp://0.0.0.0:5580");
    server.awaitOutput("serving");
    fetch("scripts/frameline fetch 192.0.2.10 \"night*.h5\" --out fetched").endsWith(0);
    fetch("scripts/frameline fetch 192.0.2.10 flat-field.npy --out fetched").endsWith(0);
    Path growing = recordings.resolve("growing.h5");
    Program follower;
    try (RecordingWriter writer = content.open(growing)) {
      content.append(writer, 0, 1, 2);
      Recordings.checkpoint(writer);
      follower = fetch("scripts/frameline fetch 192.0.2.10 growing.h5 --out fetched --follow");
      org.awaitility.Awaitility.await()
          .atMost(Program.PATIENCE)
          .until(() -> Files.exists(folder.resolve("fetched/growing.h5.part")));
      content.append(writer, 3, 4);
    }
    follower.endsWith(0);
    for (String name : List.of("night_0001.h5", "flat-field.npy", "growing.h5")) {
      assertThat(Files.mismatch(recordings.resolve(name), folder.resolve("fetched/" + name)))
          .as(name)
          .isEqualTo(-1);
    }
    assertThat(framesIn(folder.resolve("fetched/growing.h5"))).isEqualTo(5);
    start("scripts/frameline stop --control tcp://127.0.0.1:5581").endsWith(0);
    server.endsWith(0);
  }

  private Program fetch(String command) {
    return started.shell(readme.take(command).replace("$HOST", "127.0.0.1:" + ports.instead(5580)));
  }

  @Test
  void bashLearnsTheCompletion() throws Exception {
    String line = readme.take("source <(scripts/frameline generate-completion)");
    assertThat(started.shell(line + "; complete -p frameline").endsWith(0))
        .contains("complete", "frameline");
  }

  @Test
  @Order(LAST)
  void nothingInTheReadmeWasLeftOut() {
    assertThat(readme.notRun()).isEmpty();
    assertThat(programsNotRun).isEmpty();
  }

  private Program start(String command) throws IOException {
    return started.shell(ports.inCommand(readme.take(command)));
  }

  /** Starts the Python program of the README in which a text occurs. */
  private Program program(String text) throws IOException {
    List<CodeBlock> found =
        programs.stream()
            .filter(block -> block.lines().stream().anyMatch(line -> line.contains(text)))
            .toList();
    assertThat(found).as("programs with %s", text).hasSize(1);
    programsNotRun.removeAll(found);
    return started.python(ports.inText(found.get(0).text()));
  }

  private Path video() throws Exception {
    return Footage.testVideo(
        folder.resolve("run.avi"), "320x240", FRAMES_OF_THE_VIDEO, "-c:v", "mjpeg");
  }

  private int framesIn(Path file) throws Exception {
    String program =
        """
        import h5py, sys
        entry = h5py.File(sys.argv[1], 'r')['entry']
        assert len(entry['missing']) == 0, entry['missing'][:]
        print(len(entry['data/data']))
        """;
    return Integer.parseInt(started.python(program, file.toString()).endsWith(0).strip());
  }
}
