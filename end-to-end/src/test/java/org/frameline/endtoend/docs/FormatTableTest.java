package org.frameline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.frameline.protocol.PixelFormat;
import org.frameline.testing.Checkout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The wire format's table of pixel formats has a row for each that there is. */
class FormatTableTest {

  @ParameterizedTest
  @EnumSource
  void theWireFormatDescribesEveryPixelFormat(PixelFormat format) throws IOException {
    List<String> rows =
        Checkout.read("docs/wire-format.md")
            .lines()
            .filter(line -> line.startsWith("| `" + format.pfncName() + "` |"))
            .toList();
    assertThat(rows)
        .singleElement()
        .asString()
        .contains(
            format.channels() == 1 ? "`[H,W]`" : "`[H,W," + format.channels() + "]`",
            "`" + format.elementType().wireName() + "`");
  }
}
