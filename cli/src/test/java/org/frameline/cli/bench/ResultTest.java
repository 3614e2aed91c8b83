package org.frameline.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.frameline.testing.Checkout;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ResultTest {
  private final Result result = Measured.result();

  @Test
  void theTextHasAllTablesThePredictionAndWhatCameOfIt() {
    assertThat(ResultText.of(result))
        .contains("CPU <fast> & new, 2 cores, 8.0 GiB of memory, Linux, Java 17")
        .contains("640x480 RGB8, 921,600 bytes a frame")
        .containsPattern("threads +bytes/s\n +1 +8,389 MB/s ±10%")
        .containsPattern("path +message bytes +1 subscriber +8\n +ring +1024 +181k ±10% 186 MB/s")
        .containsPattern("1 +no +80 ±10% 73.7 MB/s")
        .contains("Note: a note with <b> in it")
        .contains(
            "This machine publishes, transforms and records 640x480 RGB8 at up to 135 frames/s"
                + " (124 MB/s) without loss, with 2 workers; the pipeline does not allow more.")
        .containsPattern("others would be: 256x256 RGB8 at 632, .*2048x2048 RGB8 at 9\\.8 frames/s")
        .contains("At 90 % of that, 100 frames/s, it kept up: 1,000 published")
        .contains("At 130 % of that, 100 frames/s, it lost frames", "100 not transformed");
    assertThat(result.hasLostBelowPrediction()).isFalse();
  }

  @Test
  void thePageIsWellFormedAndNeedsNothingElse() throws Exception {
    String page = ResultPage.html(result);
    assertThat(page)
        .contains("CPU &lt;fast&gt; &amp; new", "a note with &lt;b&gt; in it")
        .contains("Through shared memory", "Over TCP", "Transforms", "The whole pipeline")
        .doesNotContain("{{", "http", "<script", "src=", "NaN", "<b>");
    Matcher charts = Pattern.compile("(?s)<svg.*?</svg>").matcher(page);
    int count = 0;
    while (charts.find()) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(charts.group())));
      count++;
    }
    assertThat(count).isEqualTo(6);
  }

  @Test
  void everyKeyOfTheReportStandsInItsDocument() throws Exception {
    String document = Checkout.read("docs/bench.md");
    JsonNode report = new ObjectMapper().readTree(result.toReport().toJson());
    Set<String> keys = new TreeSet<>();
    collect(report, keys);
    assertThat(keys).hasSizeGreaterThan(40);
    assertThat(keys).allSatisfy(key -> assertThat(document).contains("`" + key + "`"));
    for (Trial.Outcome outcome : Trial.Outcome.values()) {
      assertThat(document).contains("`" + outcome.key() + "`");
    }
  }

  private static void collect(JsonNode node, Set<String> keys) {
    node.fieldNames().forEachRemaining(keys::add);
    node.forEach(inner -> collect(inner, keys));
  }

  @Test
  void aReportOfNothingIsStillAReport() {
    Findings none = new Findings();
    Result empty =
        new Result(
            Measured.CAMERA,
            Measured.MACHINE,
            result.started(),
            result.lasted(),
            none,
            Prediction.from(Measured.CAMERA, none),
            List.of());
    assertThat(empty.toReport().toJson()).contains("\"prediction\" : null", "\"fft\" : [ ]");
    assertThat(ResultText.of(empty)).contains("CPU <fast> & new").doesNotContain("up to");
  }
}
