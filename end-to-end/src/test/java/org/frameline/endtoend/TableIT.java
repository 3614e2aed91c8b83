package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.frameline.testing.Checkout;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two short rows of {@code benchmarks/table.py}; CONTRIBUTING.md has the whole table. */
class TableIT {
  private static final String BEFORE = "before\n<!-- table -->\n";
  private static final String AFTER = "<!-- end of the table -->\nafter\n";

  @TempDir private Path directory;

  @Test
  void measuresARowBesideItsPeersAndPutsItIntoADocument() throws IOException {
    Path document = Files.writeString(directory.resolve("doc.md"), BEFORE + "old\n" + AFTER);
    start("--rows", "version", "--quick", "--json", "all.json").endsWith(0);
    start("--rows", "ring", "--quick", "--json", "all.json", "--update", "doc.md").endsWith(0);
    assertThat(document)
        .content()
        .startsWith(BEFORE)
        .endsWith(AFTER)
        .doesNotContain("old")
        .containsPattern("\\| publisher to one subscriber.* \\| ring \\| [0-9.]+ frames/s \\|")
        .containsPattern("\\| peer tcp \\| [0-9.]+ frames/s \\| .* \\| 1.00 \\|")
        .containsPattern("`--version` \\| frameline \\| [0-9.]+ s of CPU");
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    assertThat(start("--rows", "nonsense").endsWith(2))
        .contains("expected rows of pipeline, ", "found nonsense");
    assertThat(start("--rows", "none", "--update", "nowhere.md").endsWith(1))
        .startsWith("table: expected nowhere.md with ")
        .hasLineCount(1);
  }

  private Program start(Object... arguments) {
    return Python.startScript(directory, Checkout.file("benchmarks/table.py"), arguments);
  }
}
