package org.frameline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.frameline.testing.Checkout;
import org.frameline.testing.Program;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/wire-format.md against what the programs really send, with pyzmq as the judge. */
class WireFormatIT {
  private static final String DOCUMENT = "docs/wire-format.md";
  private static final String SPEAKER =
      "end-to-end/src/test/resources/org/frameline/endtoend/docs/speak_wire_format.py";
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  /** Put into a test's stream to see that unknown keys are kept. */
  private static final List<String> OF_THE_TEST = List.of("extra");

  @TempDir private Path folder;
  @AutoClose private Started started;
  private MovedPorts ports;

  @BeforeEach
  void choosePorts() {
    ports = new MovedPorts();
    started = new Started(folder);
  }

  @Test
  void theFirstSubscriberShowsTheFrameThatWasSent() throws Exception {
    frameline("publish --source synthetic:ramp --fps 20 --size 96x64");
    String line = subscriber(0).endsWith(0).strip();
    Matcher said = Pattern.compile("frame (\\d+) \\(64, 96, 3\\) uint8").matcher(line);
    assertThat(said.matches()).as(line).isTrue();
    long frame = Long.parseLong(said.group(1));
    BufferedImage picture = ImageIO.read(folder.resolve("frame.png").toFile());
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 96; x++) {
        int red = (int) ((x + y + frame) % 256);
        int colour = red << 16 | (red + 64) % 256 << 8 | (red + 128) % 256;
        assertThat(picture.getRGB(x, y) & 0xffffff).as("pixel %d,%d", x, y).isEqualTo(colour);
      }
    }
  }

  @Test
  void theSecondSubscriberMissesNothingFromTheFirstFrameOn() throws Exception {
    Program subscriber = subscriber(1);
    Program publisher =
        frameline("publish --fps max --lossless --frames 300 --size 320x240 --wait-for 1");
    assertThat(subscriber.endsWith(0).strip()).isEqualTo("300 frames, 0 missing");
    publisher.endsWith(0);
  }

  @Test
  void theThirdSubscriberBeginsLateAndHasEveryFrame() throws Exception {
    Program publisher =
        frameline("publish --source synthetic:ramp --fps 100 --frames 1500 --size 160x120");
    publisher.awaitOutput("publishing: ");
    assertThat(subscriber(2).endsWith(0).strip()).isEqualTo("1500 frames, 0 gone");
    publisher.endsWith(0);
  }

  @Test
  void theFourthSubscriberReadsTheRing() throws Exception {
    Program publisher =
        frameline("publish --source synthetic:ramp --fps 100 --frames 1000 --size 160x120");
    publisher.awaitOutput("publishing: ");
    assertThat(subscriber(3).endsWith(0).strip()).matches("[1-9]\\d* frames, 0 overwritten");
    publisher.endsWith(0);
  }

  @Test
  void thereAreNoOtherProgramsInTheDocument() throws IOException {
    assertThat(CodeBlock.of(Checkout.read(DOCUMENT), "python")).hasSize(4);
  }

  @Test
  void aWorkerSpeaksAsDocumented() throws Exception {
    Program worker = frameline("fft");
    requireDocumented(speak("worker", 5560, 5561));
    worker.endsWith(0);
  }

  @Test
  void aSinkSpeaksAsDocumented() throws Exception {
    Program sink = frameline("sink");
    requireDocumented(speak("sink", 5561, 5562));
    sink.endsWith(3);
  }

  @Test
  void aPublisherSpeaksAsDocumented() throws Exception {
    Program publisher = frameline("publish --fps 50 --wait-for 2");
    requireDocumented(speak("publisher", 5555, 5556));
    publisher.endsWith(0);
  }

  private static void requireDocumented(String keysAsJson) throws IOException {
    String document = Checkout.read(DOCUMENT);
    List<String> keys =
        Stream.of(keysAsJson.replaceAll("\"[^\"]*\":", ""))
            .flatMap(text -> QUOTED.matcher(text).results().map(match -> match.group(1)))
            .filter(key -> !OF_THE_TEST.contains(key))
            .distinct()
            .toList();
    assertThat(keys).hasSizeGreaterThan(5);
    assertThat(keys)
        .as("keys on the wire that %s names, out of %s", DOCUMENT, keysAsJson)
        .allMatch(
            key -> document.contains("`" + key + "`") || document.contains("\"" + key + "\""));
  }

  private String speak(String role, int firstPort, int secondPort) throws Exception {
    return started
        .script(
            SPEAKER,
            role,
            "tcp://127.0.0.1:" + ports.instead(firstPort),
            "tcp://127.0.0.1:" + ports.instead(secondPort))
        .endsWith(0);
  }

  private Program subscriber(int index) throws IOException {
    String program = CodeBlock.of(Checkout.read(DOCUMENT), "python").get(index).text();
    return started.python(ports.inText(program));
  }

  private Program frameline(String arguments) throws IOException {
    return started.shell(ports.inCommand("scripts/frameline " + arguments));
  }
}
