package org.frameline.endtoend.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * A fenced block of a Markdown document. Immutable.
 *
 * @param language the word after the opening fence, empty without one
 * @param lines what is between the fences
 */
record CodeBlock(String language, List<String> lines) {
  private static final String FENCE = "```";

  CodeBlock {
    lines = List.copyOf(lines);
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  static List<CodeBlock> of(String markdown) {
    List<CodeBlock> blocks = new ArrayList<>();
    List<String> lines = null;
    String language = "";
    for (String line : markdown.lines().toList()) {
      if (!line.startsWith(FENCE)) {
        if (lines != null) {
          lines.add(line);
        }
      } else if (lines == null) {
        language = line.substring(FENCE.length()).strip();
        lines = new ArrayList<>();
      } else {
        blocks.add(new CodeBlock(language, lines));
        lines = null;
      }
    }
    if (lines != null) {
      throw new IllegalArgumentException("a block of " + language + " has no closing fence");
    }
    return blocks;
  }

  static List<CodeBlock> of(String markdown, String language) {
    return of(markdown).stream().filter(block -> block.language().equals(language)).toList();
  }
}
