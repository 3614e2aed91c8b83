package org.frameline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.frameline.cli.demo.Results.Receiver;
import org.frameline.cli.demo.Results.Share;
import org.frameline.cli.page.LineChart;
import org.frameline.cli.page.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportPageTest {
  @TempDir Path folder;

  @Test
  void theSummaryTellsTheLedgerTheSharesAndWhatToOpen() {
    assertThat(Summary.of(results(0), files()))
        .contains("published    1,200 frames  the first after 2.5 s, all after 14.0 s")
        .containsPattern("recorded +1,200 frames +0 missing +29.9 frames/s, 9.2 MB/s")
        .containsPattern("transformed +1,200 frames +0 missing .*latency p50 13.3 ms, p99 1.2 s")
        .contains("worker-1 40.0 %, worker-2 60.0 %")
        .containsPattern("out/recording.h5 +93.3 MB")
        .contains("Open out/report.html in a browser")
        .contains("h5py.File('out/recording.h5')['entry/data/data']");
  }

  @Test
  void thePageHasAllItsPartsAndNeedsNothingElse() throws Exception {
    String page = page(results(0));
    assertThat(page)
        .contains("Complete: all 1,200 frames were recorded and transformed.")
        .contains("video:a&lt;b&gt;.avi")
        .contains("Frame 150", "Its spectrum", "Share per worker", "Frames per second", "Latency")
        .contains("src=\"data:image/png;base64,AAAA\"", "<svg id=\"whole\"/>", "<svg id=\"mid\"/>")
        .contains("<small>60.0 %, 720 frames, 7.1 ms each</small>")
        .contains("scripts/frameline sink --out out/spectra.h5")
        .doesNotContain("{{", "http", "src=\"/", "<script", "NaN");
  }

  @Test
  void thePageSaysWhatIsMissing() throws Exception {
    assertThat(page(results(7)))
        .contains("Of 1,200 frames 7 are missing in the recording and 0 in the spectra.")
        .contains("color: var(--bad)");
    assertThat(results(7).isComplete()).isFalse();
  }

  @Test
  void aChartIsWellFormedAndDrawsLargeRatiosLogarithmically() throws Exception {
    String svg =
        LineChart.svg(
            new LineChart.Axis("s", false),
            new LineChart.Axis("ms", true),
            List.of(
                new LineChart.Series(
                    "sink",
                    "b",
                    List.of(
                        new LineChart.Point(0, 300),
                        new LineChart.Point(1, Double.NaN),
                        new LineChart.Point(2, 3),
                        new LineChart.Point(3, 4)))));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    assertThat(svg).contains(">1<", ">10<", ">100<", ">1000<", "ms, logarithmic");
    assertThat(svg.split("<circle", -1)).hasSize(4);
    assertThat(svg).containsPattern("d=\"M[\\d. ]+M[\\d. ]+L[\\d. ]+\"").doesNotContain("NaN");
  }

  @Test
  void aChartOfNothingIsEmptyAndNotBroken() {
    assertThat(
            LineChart.svg(
                new LineChart.Axis("s", false),
                new LineChart.Axis("ms", true),
                List.of(new LineChart.Series("sink", "b", List.of()))))
        .contains("</svg>")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void marksAreRoundNumbersInsideTheAxis() {
    assertThat(Scale.fromZero(32, 0, 1).marks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0);
    assertThat(new Scale(-320.5, 319.5, 0, 640, false).marks().stream().map(Scale::label))
        .containsExactly("-200", "0", "200");
    assertThat(Stream.of(0.5, -0.0, 100.0).map(Scale::label)).containsExactly("0.5", "0", "100");
    assertThat(new Scale(-320.5, 319.5, 0, 640, false).place(0)).isEqualTo(320.5);
  }

  @Test
  void theTimelineJoinsStretchesOfFewFramesAndLeavesTheLastPartialOneOut() throws Exception {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < 40; i++) {
      json.append(
          String.format(
              "{\"seconds\":%s,\"frames_per_second\":%d,\"latency_ms\":%d},",
              i * 0.25, i % 2 == 0 ? 28 : 32, i % 2 == 0 ? 10 : 20));
    }
    json.append("{\"seconds\":10.0,\"frames_per_second\":4,\"latency_ms\":9}]");
    List<TimelinePoint> points = TimelinePoint.read(new ObjectMapper().readTree(json.toString()));
    assertThat(points).hasSize(13).allMatch(p -> p.framesPerSecond() > 28);
    assertThat(points.get(0).seconds()).isEqualTo(0.375);
    assertThat(points.get(0).latencyMs()).isEqualTo((28 * 10 + 32 * 20 + 28 * 10) / 88.0);
  }

  @Test
  void namesAReportThatIsNotThere() {
    assertThatThrownBy(() -> Results.read(folder, 2, Duration.ZERO, Duration.ZERO))
        .hasMessageContaining("worker-1.json");
  }

  private String page(Results results) throws Exception {
    return ReportPage.html(
        new ReportPage.Content(
            "video:a<b>.avi",
            ZonedDateTime.parse("2026-11-20T21:00:00Z"),
            results,
            new DemoPictures(
                150,
                "640 x 480 pixels, uint8",
                "data:image/png;base64,AAAA",
                "<svg id=\"whole\"/>",
                "<svg id=\"mid\"/>",
                6,
                "peak",
                0,
                17.5,
                1),
            files(),
            PipelinePlan.members(
                new DemoConfig(
                    "video:a<b>.avi", null, null, null, null, 2, "power", 5555, Path.of("out")))));
  }

  private static Results results(long missing) {
    List<TimelinePoint> timeline =
        List.of(new TimelinePoint(0.5, 30, 20), new TimelinePoint(1.5, 30, 15));
    return new Results(
        1200,
        new Receiver(1200 - missing, missing, 29.9, 9_183_336, 3, 21, timeline),
        new Receiver(1200, 0, 30.5, 18_817_483, 13.3, 1_240, timeline),
        List.of(new Share("worker-1", 480, 0.4, 7.2), new Share("worker-2", 720, 0.6, 7.1)),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(14));
  }

  private static List<DemoFile> files() {
    return List.of(
        new DemoFile(Path.of("out/recording.h5"), 93_334_839, "the frames"),
        new DemoFile(Path.of("out/spectra.h5"), 186_088_623, "their spectra"),
        new DemoFile(Path.of("out/report.html"), 33_000, "the report"));
  }
}
