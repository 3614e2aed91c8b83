package org.frameline.analysis.plot;

import java.util.Base64;
import java.util.Map;

/** One HTML page that needs no other file. Not thread-safe. */
final class HtmlPage {
  private static final String STYLE =
      "body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;"
          + "background:#fff;color:#222}img{max-width:100%}table{border-collapse:collapse}"
          + "td{padding:.1em 1.5em .1em 0}pre{overflow-x:auto}";

  private final StringBuilder body = new StringBuilder();
  private final String title;

  HtmlPage(String title) {
    this.title = title;
    body.append("<h1>").append(escape(title)).append("</h1>\n");
  }

  HtmlPage text(String preformatted) {
    body.append("<pre>").append(escape(preformatted)).append("</pre>\n");
    return this;
  }

  HtmlPage table(Map<String, String> rows) {
    body.append("<table>\n");
    rows.forEach(
        (name, value) ->
            body.append("<tr><td>")
                .append(escape(name))
                .append("</td><td>")
                .append(escape(value))
                .append("</td></tr>\n"));
    body.append("</table>\n");
    return this;
  }

  HtmlPage picture(String name, byte[] png) {
    body.append("<p><img alt=\"")
        .append(escape(name))
        .append("\" src=\"data:image/png;base64,")
        .append(Base64.getEncoder().encodeToString(png))
        .append("\"></p>\n");
    return this;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>"
        + escape(title)
        + "</title><style>"
        + STYLE
        + "</style></head>\n<body>\n"
        + body
        + "</body>\n</html>\n";
  }
}
