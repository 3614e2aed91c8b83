package org.frameline.cli.bench;

import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.frameline.cli.page.Figures;
import org.frameline.cli.page.LineChart;
import org.frameline.cli.page.Template;

/** A result as one page that needs nothing else. Without state. */
final class ResultPage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH)
          .withZone(ZoneId.systemDefault());
  private static final List<String> STYLES = List.of("a", "b", "c", "d");
  private static final double BYTES_PER_MB = 1e6;

  private ResultPage() {}

  static String html(Result result) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("style", Template.style());
    values.put("machine", Template.escape(result.machine().label()));
    values.put(
        "camera",
        Template.escape(
            result.camera().label()
                + ", "
                + Figures.count(result.camera().frameBytes())
                + " bytes a frame, "
                + TIME.format(result.started())));
    values.put("sentences", paragraphs("verdict", result.sentences()));
    values.put("notes", paragraphs("soft", result.findings().notes()));
    values.put("charts", charts(result.findings()));
    values.put("tables", tables(result.findings()));
    return Template.of(ResultPage.class, "bench.html").fill(values);
  }

  private static String paragraphs(String style, List<String> sentences) {
    return sentences.stream()
        .map(text -> "<p class=\"" + style + "\">" + Template.escape(text) + "</p>\n")
        .collect(Collectors.joining());
  }

  private static String charts(Findings findings) {
    StringBuilder charts = new StringBuilder();
    for (String path : List.of(TransportProbe.RING, TransportProbe.TCP)) {
      List<Measurement> figures =
          findings.of(Section.TRANSPORT).stream()
              .filter(figure -> path.equals(figure.at().get("path")))
              .toList();
      String title =
          path.equals(TransportProbe.RING)
              ? "Through shared memory, per subscriber"
              : "Over TCP, per subscriber";
      charts.append(sent(title, figures));
    }
    charts.append(
        chart(
            "Transforms, one thread",
            new LineChart.Axis("bytes of a frame", true, Figures::brief),
            new LineChart.Axis("frames per second", true, Figures::brief),
            findings.of(Section.FFT),
            Measurement::column,
            figure -> new LineChart.Point(figure.bytes(), figure.perSecond().median())));
    charts.append(
        chart(
            "The whole pipeline",
            new LineChart.Axis("workers", false),
            new LineChart.Axis("frames per second", false, Figures::brief),
            findings.of(Section.PIPELINE),
            figure ->
                Boolean.TRUE.equals(figure.at().get("recorder")) ? "recorded" : "not recorded",
            figure -> new LineChart.Point(figure.number("workers"), figure.perSecond().median())));
    return charts.toString();
  }

  private static String sent(String title, List<Measurement> figures) {
    LineChart.Axis across = new LineChart.Axis("bytes of a message", true, Figures::brief);
    return chart(
            title,
            across,
            new LineChart.Axis("messages per second", true, Figures::brief),
            figures,
            figure -> figure.column() + " sub.",
            figure -> new LineChart.Point(figure.bytes(), figure.perSecond().median()))
        + chart(
            title,
            across,
            new LineChart.Axis("MB/s", true, Figures::brief),
            figures,
            figure -> figure.column() + " sub.",
            figure -> new LineChart.Point(figure.bytes(), figure.bytesPerSecond() / BYTES_PER_MB));
  }

  /** Nothing where nothing was measured. */
  private static String chart(
      String title,
      LineChart.Axis across,
      LineChart.Axis upright,
      List<Measurement> figures,
      Function<Measurement, String> name,
      Function<Measurement, LineChart.Point> point) {
    if (figures.isEmpty()) {
      return "";
    }
    List<LineChart.Series> series = new ArrayList<>();
    for (String one : figures.stream().map(name).distinct().toList()) {
      series.add(
          new LineChart.Series(
              one,
              STYLES.get(series.size() % STYLES.size()),
              figures.stream().filter(it -> name.apply(it).equals(one)).map(point).toList()));
    }
    return "<section>\n<h2>"
        + Template.escape(title)
        + "</h2>\n"
        + LineChart.svg(across, upright, series)
        + "</section>\n";
  }

  private static String tables(Findings findings) {
    StringBuilder tables = new StringBuilder();
    for (Section section : Section.values()) {
      List<Measurement> figures = findings.of(section);
      if (!figures.isEmpty()) {
        tables
            .append("<section class=\"wide\">\n<h2>")
            .append(Template.escape(section.title()))
            .append("</h2>\n<div class=\"scroll\"><table>\n");
        List<String[]> rows = SectionTable.rows(section, figures);
        for (String[] row : rows) {
          tables.append(row(row, row == rows.get(0) ? "th" : "td"));
        }
        tables.append("</table></div>\n</section>\n");
      }
    }
    return tables.toString();
  }

  private static String row(String[] cells, String tag) {
    StringBuilder row = new StringBuilder("<tr>");
    for (String cell : cells) {
      row.append('<').append(tag).append(" class=\"number\">").append(Template.escape(cell));
      row.append("</").append(tag).append('>');
    }
    return row.append("</tr>\n").toString();
  }
}
