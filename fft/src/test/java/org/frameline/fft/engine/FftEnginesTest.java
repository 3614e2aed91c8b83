package org.frameline.fft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.frameline.fft.FftEngine;
import org.frameline.fft.engine.jtransforms.JTransformsEngine;
import org.junit.jupiter.api.Test;

final class FftEnginesTest {
  private static final KnownEngine EVERYWHERE =
      KnownEngine.everywhere(JTransformsEngine.NAME, JTransformsEngine::new);
  private static final KnownEngine ELSEWHERE =
      new KnownEngine(
          "vector",
          () -> Optional.of("it needs Java 99"),
          () -> {
            throw new AssertionError("was made where it cannot be used");
          });

  /** Loaded by its name, as one that comes in a jar of its own. */
  private static KnownEngine loaded(String className) {
    return new KnownEngine("loaded", Optional::empty, () -> make(className));
  }

  private static FftEngine make(String className) {
    try {
      return Class.forName(className).asSubclass(FftEngine.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(className, e);
    }
  }

  @Test
  void namesTheEnginesThereAreWhenOneIsAskedForThatIsNot() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FftEngines(List.of(ELSEWHERE, EVERYWHERE)).named("cufft"))
        .withMessage("expected one of vector, jtransforms, found \"cufft\"");
  }

  @Test
  void saysWhyAnEngineCannotBeUsedHere() {
    FftEngines engines = new FftEngines(List.of(ELSEWHERE, EVERYWHERE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engines.named("vector"))
        .withMessage("vector cannot be used here: it needs Java 99");
    assertThat(engines.names()).containsExactly("vector", "jtransforms");
    assertThat(engines.namesHere()).containsExactly("jtransforms");
  }

  @Test
  void prefersTheFirstThatCanBeUsedHere() {
    KnownEngine better = loaded(JTransformsEngine.class.getName());
    assertThat(new FftEngines(List.of(ELSEWHERE, better, EVERYWHERE)).best())
        .isInstanceOf(JTransformsEngine.class);
    assertThat(new FftEngines(List.of(ELSEWHERE, better, EVERYWHERE)).namesHere())
        .containsExactly("loaded", "jtransforms");
    assertThatIllegalStateException()
        .isThrownBy(() -> new FftEngines(List.of(ELSEWHERE)).best())
        .withMessage("expected an engine that works everywhere, found none");
  }

  @Test
  void callsEachEngineWhatItCallsItself() {
    List<String> here = FftEngines.all().namesHere();
    assertThat(here).isNotEmpty().doesNotHaveDuplicates();
    for (String name : here) {
      assertThat(FftEngines.all().named(name).name()).isEqualTo(name);
    }
    assertThat(FftEngines.all().best().name()).isEqualTo(here.get(0));
    assertThat(new EngineNames()).containsExactlyElementsOf(FftEngines.all().names());
  }

  @Test
  void standWithTheirNamesInTheDocuments() throws Exception {
    String text = Files.readString(Path.of("..", "docs", "architecture.md"));
    String section = text.substring(text.indexOf("\n## Engines\n"));
    section = section.substring(0, section.indexOf("\n## ", 1));
    List<String> named =
        Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE)
            .matcher(section)
            .results()
            .map(row -> row.group(1))
            .toList();
    assertThat(named).isEqualTo(FftEngines.all().names());
  }
}
