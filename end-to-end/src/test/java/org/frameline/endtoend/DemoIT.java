package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.frameline.testing.Checkout;
import org.frameline.testing.FreePorts;
import org.frameline.testing.Outcome;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user runs it: in a process of its own, with all its children. */
@Timeout(120)
class DemoIT {
  private static final int RECORDER_CONTROL = 15;
  private static final int PORTS = 1 + RECORDER_CONTROL;

  private static final String READ_FILES =
      """
      import h5py, numpy as np
      frames = h5py.File("demo-output/recording.h5")["entry/data/data"]
      spectra = h5py.File("demo-output/spectra.h5")["entry/data/data"]
      expected = abs(np.fft.rfft2(frames[30]))
      print(frames.shape, frames.dtype, spectra.shape, spectra.dtype,
            abs(np.expm1(spectra[30]) - expected).max() < 1e-5 * expected.max())
      """;

  private static final String READ_PAGE =
      """
      import html.parser
      class Reader(html.parser.HTMLParser):
          open, texts, outside, images = [], [], [], 0
          def handle_starttag(self, tag, attrs):
              if tag not in ("meta", "link", "img", "br"): self.open.append(tag)
              for name, value in attrs:
                  if name in ("src", "href"):
                      self.images += value.startswith("data:image/png")
                      if not value.startswith("data:"): self.outside.append(value)
          def handle_startendtag(self, tag, attrs):
              self.handle_starttag(tag, attrs)
              if self.open and self.open[-1] == tag: self.open.pop()
          def handle_endtag(self, tag): assert self.open.pop() == tag, tag
          def handle_data(self, data): self.texts.append(data)
      reader = Reader()
      reader.feed(open("demo-output/report.html", encoding="utf-8").read())
      print(reader.open, reader.outside, reader.images, "Complete: all 60 frames" in "".join(reader.texts))
      """;

  @TempDir Path folder;

  @Test
  void writesFilesThatH5pyReadsAndAPageThatABrowserShows() throws Exception {
    Outcome demo = Program.run(folder, command("--frames", "60", "--size", "160x120"));
    assertThat(demo.exitCode()).as("%s", demo).isZero();
    assertThat(demo.out())
        .containsPattern("recorded +60 frames +0 missing")
        .containsPattern("transformed +60 frames +0 missing");
    assertThat(demo.err()).contains("publisher  | ", "recorder   | ", "worker-2   | ", "sink ");
    assertThat(Python.runIn(folder, READ_FILES))
        .isEqualTo("(60, 120, 160) uint8 (60, 120, 81) float32 True");
    assertThat(Python.runIn(folder, READ_PAGE)).isEqualTo("[] [] 3 True");
    Outcome browser =
        Program.run(
            folder,
            List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("browser"),
                "--dump-dom",
                folder.resolve("demo-output/report.html").toUri().toString()));
    assertThat(browser.exitCode()).isZero();
    assertThat(browser.out()).contains("20 cycles across and 8 down", "</html>");
    assertThat(browser.err()).doesNotContain("CONSOLE");
  }

  @Test
  void endsWithAllItsProcessesWhenAsked() throws Exception {
    Path lines = folder.resolve("lines.txt");
    Process demo =
        new ProcessBuilder(command("--frames", "100000", "--size", "160x120"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(lines.toFile())
            .start();
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readString(lines).contains("dealing out: "));
      List<ProcessHandle> children = demo.descendants().toList();
      assertThat(children).hasSize(6);
      demo.toHandle().destroy();
      assertThat(demo.waitFor(15, TimeUnit.SECONDS)).isTrue();
      assertThat(children).noneMatch(ProcessHandle::isAlive);
      assertThat(Files.readString(lines))
          .contains("stopped; what was recorded is in demo-output")
          .containsPattern("recorder   \\| .*recorded \\d+ frames, 0 missing")
          .doesNotContain("Exception");
    } finally {
      demo.descendants().forEach(ProcessHandle::destroyForcibly);
      demo.destroyForcibly();
    }
  }

  @Test
  void showsEachProcessInAPaneOfTmux() throws Exception {
    Outcome demo = Program.run(folder, command("--tmux", "--frames", "30", "--size", "160x120"));
    assertThat(demo.exitCode()).as("%s", demo).isZero();
    assertThat(demo.out()).containsPattern("transformed +30 frames +0 missing");
    String session = demo.err().replaceFirst("(?s).*'tmux -L (\\S+) attach'.*", "$1");
    assertThat(session).startsWith("frameline-demo-");
    Outcome afterwards = Program.run(folder, List.of("tmux", "-L", session, "list-sessions"));
    assertThat(afterwards.exitCode()).isEqualTo(1);
  }

  @Test
  void namesTheProcessThatFailsAndLeavesNoneBehind() throws Exception {
    Outcome demo = Program.run(folder, command("--source", "video:none.avi"));
    assertThat(demo.exitCode()).isEqualTo(1);
    assertThat(demo.err()).contains("frameline: publisher ended with exit code 1: ", "none.avi");
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(
            process ->
                process.info().arguments().map(Arrays::toString).orElse("").contains("none.avi"));
  }

  @Test
  void saysHowToMoveWhenAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> command = command();
      command.set(command.size() - 1, Integer.toString(taken.getLocalPort() - RECORDER_CONTROL));
      Outcome demo = Program.run(folder, command);
      assertThat(demo.exitCode()).isEqualTo(1);
      assertThat(demo.err())
          .contains("frameline: recorder ended with exit code 1: ", "--port-base moves all");
    }
  }

  private static List<String> command(String... options) {
    List<String> command =
        new ArrayList<>(List.of(Checkout.file("scripts/frameline").toString(), "demo"));
    command.addAll(List.of(options));
    command.addAll(List.of("--port-base", Integer.toString(FreePorts.block(PORTS))));
    return command;
  }
}
