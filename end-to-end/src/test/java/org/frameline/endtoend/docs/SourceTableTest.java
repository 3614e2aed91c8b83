package org.frameline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.frameline.publisher.source.SourceKind;
import org.frameline.publisher.source.SourceKinds;
import org.frameline.testing.Checkout;
import org.junit.jupiter.api.Test;

/** The README's table of sources has a row for each kind that there is, and no other. */
class SourceTableTest {
  private static final String HEAD = "| `--source` | is |";

  @Test
  void theReadmeNamesEverySourceWithAllItsPrefixes() throws IOException {
    List<String> rows =
        Checkout.read("README.md")
            .lines()
            .dropWhile(line -> !line.equals(HEAD))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.replace("\\|", "|"))
            .toList();
    assertThat(rows).hasSameSizeAs(SourceKinds.all());
    for (int i = 0; i < rows.size(); i++) {
      SourceKind kind = SourceKinds.all().get(i);
      assertThat(rows.get(i))
          .startsWith("| `" + kind.notation() + "` | ")
          .contains(kind.prefixes());
    }
  }
}
