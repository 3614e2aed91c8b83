package org.frameline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.frameline.testing.Checkout;
import org.junit.jupiter.api.Test;

class LinksIT {
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");

  @Test
  void everyLinkBetweenTheDocumentsLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path document : documents()) {
      for (String target : links(document)) {
        if (target.matches("https?://.*")) {
          continue;
        }
        links++;
        if (!resolves(document, target)) {
          broken.add(document.getFileName() + ": " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(20);
  }

  private static List<String> links(Path document) throws IOException {
    String prose = FENCED.matcher(Files.readString(document)).replaceAll("");
    return LINK.matcher(prose).results().map(match -> match.group(1)).toList();
  }

  private static boolean resolves(Path document, String target) throws IOException {
    int hash = target.indexOf('#');
    String name = hash < 0 ? target : target.substring(0, hash);
    Path file = name.isEmpty() ? document : document.resolveSibling(name).normalize();
    if (!Files.exists(file)) {
      return false;
    }
    return hash < 0 || anchors(file).contains(target.substring(hash + 1));
  }

  /** As GitHub makes them: lower case, punctuation gone, spaces to hyphens. */
  private static Set<String> anchors(Path file) throws IOException {
    String prose = FENCED.matcher(Files.readString(file)).replaceAll("");
    return HEADING
        .matcher(prose)
        .results()
        .map((MatchResult match) -> match.group(1).strip().toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /** README, CONTRIBUTING, CHANGELOG and all of docs/. */
  private static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(Checkout.file(""));
        Stream<Path> docs = Files.walk(Checkout.file("docs"))) {
      return Stream.concat(top, docs)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }
}
