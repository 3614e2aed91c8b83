package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceKindsTest {

  static List<SourceKind> kinds() {
    return SourceKinds.all();
  }

  @Test
  void noPrefixIsTheBeginningOfAnother() {
    List<String> prefixes = kinds().stream().flatMap(kind -> kind.prefixes().stream()).toList();
    assertThat(prefixes).isNotEmpty().doesNotHaveDuplicates();
    for (String prefix : prefixes) {
      assertThat(prefixes.stream().filter(other -> other.startsWith(prefix))).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachIsExplainedInOneLine(SourceKind kind) {
    assertThat(kind.notation()).startsWith(kind.prefixes().get(0));
    assertThat(kind.meaning()).isNotBlank().doesNotContain("\n");
    assertThat(String.format("  %-16s  %s", kind.notation(), kind.meaning()).length())
        .isLessThanOrEqualTo(80);
    assertThat(kind.completions())
        .isNotEmpty()
        .allMatch(text -> kind.prefixes().stream().anyMatch(text::startsWith));
  }

  /** What waits for nobody cannot be sent without loss, and what has no times has no speed. */
  @ParameterizedTest
  @MethodSource("kinds")
  void whatEachTakesFitsItsNature(SourceKind kind) {
    assertThat(kind.takes().contains(SourceWish.LOSSLESS)).isNotEqualTo(kind.isLive());
    assertThat(kind.takes().contains(SourceWish.SPEED)).isEqualTo(kind.isFile());
    assertThat(Stream.of(kind.isLive(), kind.isFile(), kind.isSimulated()).filter(it -> it))
        .hasSize(1);
  }

  @Test
  void aWishIsRefusedWithTheKindsThatTakeIt() {
    SourceSpec live = SourceKinds.parse("https://admin:s3cret@camera.local/live");
    assertThat(live.kind().isLive()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SourceWish.SPEED.requireTakenBy(live, live.label()))
        .withMessage(
            "--speed: expected a file, video:PATH or hdf5:FILE,"
                + " found https://admin:***@camera.local/live");
    assertThatCode(() -> SourceWish.SIZE.requireTakenBy(live, "640x480"))
        .doesNotThrowAnyException();
  }
}
