package org.frameline.fft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.frameline.protocol.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpectrumFormatTest {

  @Test
  void putsTheChannelsFirst() {
    SpectrumFormat colour = format(List.of(480, 640, 3), ElementType.UINT8);
    assertThat(colour.outputShape()).containsExactly(3, 480, 321);
    assertThat(colour.inputBytes()).isEqualTo(480 * 640 * 3);
    assertThat(colour.outputBytes()).isEqualTo(3 * 480 * 321 * 8);
    assertThat(format(List.of(480, 641), ElementType.UINT16).outputShape())
        .containsExactly(480, 321);
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLEX,FLOAT32,COMPLEX64",
    "COMPLEX,FLOAT64,COMPLEX128",
    "POWER,FLOAT32,FLOAT32",
    "POWER,FLOAT64,FLOAT64",
    "LOG_MAGNITUDE,FLOAT32,FLOAT32",
    "LOG_MAGNITUDE,FLOAT64,FLOAT64"
  })
  void derivesTheOutputType(SpectrumOutput output, Precision precision, ElementType expected) {
    SpectrumFormat format = new SpectrumFormat(List.of(4, 6), ElementType.UINT8, output, precision);
    assertThat(format.outputType()).isEqualTo(expected);
    assertThat(format.outputBytes()).isEqualTo(4 * 4 * expected.bytes());
  }

  @Test
  void refusesShapesThatAreNoFrames() {
    refuses(
        List.of(480),
        ElementType.UINT8,
        "inputShape: expected [H,W] or [H,W,C], each at least 1, found [480]");
    refuses(
        List.of(1, 2, 3, 4),
        ElementType.UINT8,
        "inputShape: expected [H,W] or [H,W,C], each at least 1, found [1, 2, 3, 4]");
    refuses(
        List.of(480, 0, 3),
        ElementType.UINT8,
        "inputShape: expected [H,W] or [H,W,C], each at least 1, found [480, 0, 3]");
    refuses(
        List.of(-1, 640),
        ElementType.UINT8,
        "inputShape: expected [H,W] or [H,W,C], each at least 1, found [-1, 640]");
  }

  @Test
  void refusesTypesThatAreNoPixels() {
    refuses(
        List.of(4, 4), ElementType.FLOAT32, "inputType: expected uint8 or uint16, found float32");
  }

  @Test
  void refusesFramesThatNoBufferHolds() {
    refuses(
        List.of(46341, 46341),
        ElementType.UINT8,
        "inputShape [46341, 46341]: expected at most 2147483647 bytes for the frame, found"
            + " 2147488281");
    refuses(
        List.of(30000, 30000),
        ElementType.UINT8,
        "inputShape [30000, 30000]: expected at most 2147483647 bytes for its complex spectrum,"
            + " found 3600240000");
    int large = Integer.MAX_VALUE;
    refuses(
        List.of(large, large, large),
        ElementType.UINT16,
        "inputShape [2147483647, 2147483647, 2147483647]: expected at most 2147483647 bytes for"
            + " the frame, found more than a long can count");
  }

  @Test
  void findsNamesOfTheCommandLine() {
    for (SpectrumOutput output : SpectrumOutput.values()) {
      assertThat(SpectrumOutput.ofOptionName(output.optionName())).isEqualTo(output);
    }
    for (Precision precision : Precision.values()) {
      assertThat(Precision.ofOptionName(precision.optionName())).isEqualTo(precision);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpectrumOutput.ofOptionName("phase"))
        .withMessage("expected one of complex, power, log-magnitude, found \"phase\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Precision.ofOptionName("double"))
        .withMessage("expected one of float32, float64, found \"double\"");
  }

  private static SpectrumFormat format(List<Integer> shape, ElementType type) {
    return new SpectrumFormat(shape, type, SpectrumOutput.COMPLEX, Precision.FLOAT32);
  }

  private static void refuses(List<Integer> shape, ElementType type, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> format(shape, type)).withMessage(message);
  }
}
