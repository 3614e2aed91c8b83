package org.frameline.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.frameline.analysis.Commands;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ElementType;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlotCommandTest {
  private static final long MS = 1_000_000;

  @TempDir Path folder;
  private final StopSignal stop = new StopSignal();
  private Commands.Ending ending;
  private Path recording;

  /** 20 frames of 16 bits, 10 ms apart, one of them 5 ms late; frames 8 to 10 are missing. */
  @BeforeEach
  void record() throws IOException {
    recording =
        Recordings.of(ElementType.UINT16, List.of(4, 5))
            .atTimes(number -> 10 * MS * number + (number == 15 ? 5 * MS : 0))
            .filledWith(
                (number, frame) -> {
                  frame.putShort((short) 40_000);
                  while (frame.hasRemaining()) {
                    frame.putShort((short) number);
                  }
                })
            .write(
                folder.resolve("r.h5"),
                LongStream.range(0, 23).filter(number -> number < 8 || number > 10).toArray());
  }

  private int plot(Object... args) {
    ending =
        Commands.run(
            new PlotCommand(stop), Stream.concat(Stream.of(recording), Stream.of(args)).toArray());
    return ending.code();
  }

  @Test
  void saysWhatThePicturesShow() {
    assertThat(plot("--out", folder.resolve("p.html"))).as("frames are missing").isEqualTo(3);
    assertThat(ending.out())
        .containsExactly(
            "frames: 20",
            "missing: 3",
            "interval, median: 10.000 ms",
            "interval, mean: 10.000 ms",
            "interval, standard deviation: 1.667 ms",
            "interval, shortest: 5.000 ms",
            "interval, 99 %: 15.000 ms",
            "interval, longest: 15.000 ms",
            // Mean of the numbers of the frames that are there, but for the bright first pixel.
            "intensity, mean: 2010.74",
            "intensity, largest: 40000");
  }

  @Test
  void onePageHoldsAllPictures() throws Exception {
    Path page = folder.resolve("p.html");
    plot("--out", page);
    String html = Files.readString(page);
    assertThat(html).contains("<title>r.h5</title>", "<td>interval, median</td><td>10.000 ms</td>");
    assertThat(html).doesNotContain("http", "<script", "<link");
    List<String> pictures =
        Pattern.compile("data:image/png;base64,([A-Za-z0-9+/=]+)")
            .matcher(html)
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertThat(pictures).hasSize(4);
    for (String picture : pictures) {
      BufferedImage image =
          ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(picture)));
      assertThat(image.getWidth()).isEqualTo(900);
      assertThat(colours(image)).as("something is drawn").isGreaterThan(20);
    }
  }

  private static long colours(BufferedImage image) {
    return Arrays.stream(
            image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
        .distinct()
        .count();
  }

  @Test
  void aFolderHoldsThePageAndThePictures() throws Exception {
    Path pictures = folder.resolve("new/pictures");
    assertThat(plot("--out", pictures)).isEqualTo(3);
    for (String name : List.of("intervals", "jitter", "gaps", "intensity")) {
      assertThat(ImageIO.read(pictures.resolve(name + ".png").toFile())).as(name).isNotNull();
    }
    assertThat(pictures.resolve("report.html")).exists();
    assertThat(plot("--out", pictures)).isEqualTo(1);
    assertThat(ending.err().get(0))
        .contains("exists already; choose another name or use --overwrite");
    assertThat(plot("--out", pictures, "--overwrite")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"intervals.png", "gaps.png", "intensity.png", "report.html"})
  void filesThatAreThereAreFoundBeforeAnyFrameIsRead(String name) throws Exception {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Path there = Files.writeString(pictures.resolve(name), "mine");
    stop.stop();
    assertThat(plot("--out", pictures)).isEqualTo(1);
    assertThat(ending.err())
        .containsExactly(
            "frameline: " + there + " exists already; choose another name or use --overwrite");
    assertThat(there).hasContent("mine");
  }

  @Test
  void aFolderThatCannotBeMadeIsFoundBeforeAnyFrameIsRead() throws Exception {
    stop.stop();
    Path pictures = recording.resolve("pictures");
    assertThat(plot("--out", pictures)).isEqualTo(1);
    assertThat(ending.err()).containsExactly("frameline: cannot make the folder " + pictures);
  }

  @Test
  void whatIsStoppedWritesNothing() {
    stop.stop();
    assertThat(plot("--out", folder.resolve("pictures"))).isEqualTo(1);
    assertThat(ending.err()).containsExactly("frameline: stopped; nothing was written");
    assertThat(folder.resolve("pictures")).isEmptyDirectory();
  }

  @Test
  void framesThatAreNotInARowHaveNoIntervals() {
    Path pictures = folder.resolve("pictures");
    assertThat(plot("--out", pictures, "--every", 2, "--from", 11)).isZero();
    assertThat(ending.out()).contains("frames: 6").noneMatch(line -> line.contains("interval"));
    assertThat(pictures.resolve("intensity.png")).exists();
    assertThat(pictures.resolve("intervals.png")).doesNotExist();
  }

  @Test
  void aSpikeIsNotLostInALongCurve() {
    double[] x = new double[1_000_000];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    y[123_456] = 7;
    y[654_321] = -3;
    y[0] = Double.NaN;
    Curve curve = Curve.of(x, y);
    assertThat(curve.x().length).isLessThanOrEqualTo(2_000);
    assertThat(curve.x()).isSorted().contains(123_456, 654_321);
    assertThat(curve.y()).contains(7, -3).doesNotContain(Double.NaN);
  }
}
