package org.frameline.cli.demo;

import java.io.IOException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.frameline.analysis.picture.Viridis;
import org.frameline.cli.demo.Results.Receiver;
import org.frameline.cli.page.Figures;
import org.frameline.cli.page.LineChart;
import org.frameline.cli.page.Template;
import org.frameline.cli.process.Member;
import org.frameline.program.Version;

/** {@code report.html}: one file that needs nothing else, on or off line. Without state. */
final class ReportPage {
  private static final int GRADIENT_STOPS = 10;

  /**
   * What the page is made of.
   *
   * @param source the camera
   * @param started when the demo began
   * @param pictures a frame and its spectrum
   * @param files what else was written
   * @param members the processes
   */
  record Content(
      String source,
      ZonedDateTime started,
      Results results,
      DemoPictures pictures,
      List<DemoFile> files,
      List<Member> members) {}

  private ReportPage() {}

  static String html(Content content) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    Results results = content.results();
    values.put("source", Template.escape(content.source()));
    values.put(
        "started",
        content
            .started()
            .withZoneSameInstant(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH)));
    values.put("processes", Integer.toString(content.members().size()));
    values.put("version", Template.escape(Version.NUMBER));
    values.put("style", Template.style());
    values.put("verdict", verdict(results));
    values.put("verdict-colour", results.isComplete() ? "good" : "bad");
    values.put("figures", figures(results));
    values.put("viridis", gradient());
    putPictures(values, content.pictures());
    values.put("shares", shares(results));
    values.put("rate-chart", chart(results, "frames per second", false, p -> p.framesPerSecond()));
    values.put("latency-chart", chart(results, "milliseconds", true, p -> p.latencyMs()));
    values.put("ledger", ledger(results));
    values.put("files", files(content.files()));
    values.put("python", Template.escape(Summary.python(content.files().get(0))));
    values.put("commands", commands(content.members()));
    return Template.of(ReportPage.class, "report.html").fill(values);
  }

  private static void putPictures(Map<String, String> values, DemoPictures pictures) {
    values.put("frame-text", Template.escape(pictures.frameText()));
    values.put("frame-number", Figures.count(pictures.frameNumber()));
    values.put("frame", pictures.frameAddress());
    values.put("spectrum", pictures.spectrum());
    values.put("low", String.format(Locale.ROOT, "%.1f", pictures.low()));
    values.put("high", String.format(Locale.ROOT, "%.1f", pictures.high()));
    values.put("channels", pictures.channels() > 1 ? ", mean of the channels" : "");
    values.put("middle", pictures.middle());
    values.put("middle-factor", Integer.toString(pictures.middleFactor()));
    values.put("middle-text", Template.escape(pictures.peakText()));
  }

  private static String verdict(Results results) {
    String published = Figures.count(results.published());
    return results.isComplete()
        ? "Complete: all " + published + " frames were recorded and transformed."
        : "Of "
            + published
            + " frames "
            + Figures.count(results.recorder().missing())
            + " are missing in the recording and "
            + Figures.count(results.sink().missing())
            + " in the spectra.";
  }

  private static String figures(Results results) {
    Receiver recorder = results.recorder();
    Receiver sink = results.sink();
    return figure(Figures.count(recorder.frames()), "frames recorded")
        + figure(Figures.rate(recorder.framesPerSecond()), "frames/s")
        + figure(Figures.megabytesPerSecond(recorder.bytesPerSecond()), "recorded")
        + figure(Figures.milliseconds(recorder.latencyP50Ms()), "camera to file, median")
        + figure(Figures.milliseconds(sink.latencyP50Ms()), "camera to spectrum, median")
        + figure(Figures.seconds(results.firstFrameAfter()), "start to first frame");
  }

  private static String figure(String value, String name) {
    return "<div class=\"figure\"><b>" + value + "</b><span>" + name + "</span></div>\n";
  }

  private static String gradient() {
    return IntStream.rangeClosed(0, GRADIENT_STOPS)
        .mapToObj(i -> String.format("#%06x", Viridis.rgb((double) i / GRADIENT_STOPS)))
        .collect(Collectors.joining(", "));
  }

  private static String shares(Results results) {
    double largest = results.shares().stream().mapToDouble(Results.Share::share).max().orElse(1);
    return results.shares().stream()
        .map(
            share ->
                String.format(
                    Locale.ROOT,
                    "<div class=\"bar\"><span>%s</span><i style=\"width:%.1f%%\"></i>"
                        + "<small>%s, %s frames, %s each</small></div>%n",
                    Template.escape(share.worker()),
                    100 * share.share() / largest,
                    Figures.percent(share.share()),
                    Figures.count(share.frames()),
                    Figures.milliseconds(share.transformMs())))
        .collect(Collectors.joining());
  }

  private static String chart(
      Results results, String unit, boolean ratios, Function<TimelinePoint, Double> value) {
    return LineChart.svg(
        new LineChart.Axis("seconds since the first frame", false),
        new LineChart.Axis(unit, ratios),
        List.of(
            new LineChart.Series("recorder", "a", points(results.recorder(), value)),
            new LineChart.Series("sink", "b", points(results.sink(), value))));
  }

  private static List<LineChart.Point> points(
      Receiver receiver, Function<TimelinePoint, Double> value) {
    return receiver.timeline().stream()
        .map(point -> new LineChart.Point(point.seconds(), value.apply(point)))
        .toList();
  }

  private static String ledger(Results results) {
    return "<table><tr><th></th><th class=\"number\">frames</th><th class=\"number\">missing</th>"
        + "<th class=\"number\">frames/s</th><th class=\"number\">throughput</th>"
        + "<th class=\"number\">latency p50</th><th class=\"number\">p99</th></tr>\n"
        + "<tr><td>published</td><td class=\"number\">"
        + Figures.count(results.published())
        + "</td><td></td><td></td><td></td><td></td><td></td></tr>\n"
        + ledgerRow("recorded", results.recorder())
        + ledgerRow("transformed", results.sink())
        + "</table>";
  }

  private static String ledgerRow(String name, Receiver receiver) {
    List<String> cells =
        List.of(
            Figures.count(receiver.frames()),
            Figures.count(receiver.missing()),
            Figures.rate(receiver.framesPerSecond()),
            Figures.megabytesPerSecond(receiver.bytesPerSecond()),
            Figures.milliseconds(receiver.latencyP50Ms()),
            Figures.milliseconds(receiver.latencyP99Ms()));
    return cells.stream()
        .map(cell -> "<td class=\"number\">" + cell + "</td>")
        .collect(Collectors.joining("", "<tr><td>" + name + "</td>", "</tr>\n"));
  }

  private static String files(List<DemoFile> files) {
    return files.stream()
        .map(
            file ->
                "<tr><td><code>"
                    + Template.escape(file.path().toString())
                    + "</code></td><td class=\"number\">"
                    + Figures.bytes(file.bytes())
                    + "</td><td>"
                    + Template.escape(file.what())
                    + "</td></tr>\n")
        .collect(
            Collectors.joining(
                "",
                "<table><tr><th>file</th><th class=\"number\">size</th><th>what is in it</th>"
                    + "</tr>\n",
                "</table>"));
  }

  private static String commands(List<Member> members) {
    return members.stream()
        .map(
            member ->
                "<dt>"
                    + Template.escape(member.name())
                    + "</dt><dd><pre>"
                    + Template.escape(member.commandLine())
                    + "</pre></dd>\n")
        .collect(Collectors.joining());
  }
}
