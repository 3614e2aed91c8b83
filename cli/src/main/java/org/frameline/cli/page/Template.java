package org.frameline.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page with places <code>{{name}}</code> that are filled in. Immutable. */
public final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

  private final String text;

  private Template(String text) {
    this.text = text;
  }

  /**
   * Reads a template that lies beside a class.
   *
   * @throws IOException when there is none
   */
  public static Template of(Class<?> owner, String name) throws IOException {
    try (InputStream stream = owner.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException(name + " is not in the class path");
      }
      return new Template(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** What all pages look like. */
  public static String style() throws IOException {
    return of(Template.class, "style.css").fill(Map.of());
  }

  /** The page; values go in as they are, so what is text in them must be escaped. */
  public String fill(Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalStateException("nothing to put at {{" + place.group(1) + "}}");
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /** Text as it may stand in HTML and SVG, between tags and in attributes. */
  public static String escape(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
