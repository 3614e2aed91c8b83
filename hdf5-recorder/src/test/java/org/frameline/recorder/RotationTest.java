package org.frameline.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationTest {

  @Test
  void withoutLimitsThereIsOneFileUnderItsOwnName() {
    assertThat(Rotation.NONE.isOn()).isFalse();
    assertThat(Rotation.NONE.isFull(1L << 60, 1L << 60, 1L << 30)).isFalse();
    assertThat(Rotation.NONE.fileName(Path.of("a.h5"), 1)).isEqualTo(Path.of("a.h5"));
  }

  @ParameterizedTest
  @CsvSource({
    "run.h5,1,run_0001.h5",
    "data/run.h5,2,data/run_0002.h5",
    "run,3,run_0003",
    "a.b.nxs,4,a.b_0004.nxs",
    ".hidden,5,.hidden_0005",
    "run.h5,12345,run_12345.h5"
  })
  void numbersTheFiles(String out, int number, String name) {
    assertThat(new Rotation(10, 10).fileName(Path.of(out), number)).isEqualTo(Path.of(name));
  }

  @Test
  void goesOnAfterTheHighestNumberThatIsThere() {
    Rotation rotation = new Rotation(10, 10);
    Path out = Path.of("data/run_0001.h5");
    Stream<String> present =
        Stream.of("run_0001_0002.h5", "run_0001_0007.h5", "run_0001_0099.h5.new", "run_0001.h5");
    assertThat(rotation.numberAfter(out, present)).isEqualTo(8);
    assertThat(rotation.numberAfter(Path.of("a.0001"), Stream.of("a_0012.0001"))).isEqualTo(13);
    assertThat(rotation.numberAfter(out, Stream.of("other_0004.h5"))).isEqualTo(1);
    assertThat(Rotation.NONE.numberAfter(out, Stream.of("run_0001_0004.h5"))).isEqualTo(1);
  }

  @Test
  void aFileIsFullAfterItsFrames() {
    Rotation rotation = new Rotation(Long.MAX_VALUE, 3);
    assertThat(rotation.isOn()).isTrue();
    assertThat(rotation.isFull(2, 20, 10)).isFalse();
    assertThat(rotation.isFull(3, 30, 10)).isTrue();
  }

  @Test
  void aFileIsFullWhenTheNextFrameWouldNotFit() {
    Rotation rotation = new Rotation(100, Long.MAX_VALUE);
    assertThat(rotation.isFull(9, 90, 10)).isFalse();
    assertThat(rotation.isFull(9, 90, 11)).isTrue();
    assertThat(rotation.isFull(0, 0, 5_000)).as("a frame larger than a file").isFalse();
  }

  @Test
  void aLimitIsAtLeastOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rotation(0, 1))
        .withMessage("--rotate-size: expected 1 byte or more, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rotation(1, 0))
        .withMessage("--rotate-frames: expected 1 or more, found 0");
  }
}
