package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class FrameShapeTest {

  @Test
  void aFrameHasItsChannelsLastAndItsSpectrumFirst() {
    FrameShape colour = FrameShape.of(List.of(480, 640, 3));
    assertThat(colour).isEqualTo(FrameShape.of(480, 640, 3));
    assertThat(colour.lengths()).containsExactly(480, 640, 3);
    assertThat(colour.spectrumLengths()).containsExactly(3, 480, 321);
    assertThat(FrameShape.ofSpectrum(colour.spectrumLengths()))
        .isEqualTo(FrameShape.of(480, 321, 3));
    FrameShape grey = FrameShape.of(List.of(127, 251));
    assertThat(grey).isEqualTo(FrameShape.of(127, 251, 1));
    assertThat(grey.lengths()).containsExactly(127, 251);
    assertThat(grey.spectrumLengths()).containsExactly(127, 126);
    assertThat(FrameShape.ofSpectrum(grey.spectrumLengths())).isEqualTo(FrameShape.of(127, 126, 1));
  }

  @Test
  void oneChannelMayHaveADimensionOfItsOwn() {
    FrameShape one = FrameShape.of(List.of(4, 6, 1));
    assertThat(one.isGrey()).isTrue();
    assertThat(one).isNotEqualTo(FrameShape.of(4, 6, 1));
    assertThat(one.lengths()).containsExactly(4, 6, 1);
    assertThat(one.spectrumLengths()).containsExactly(1, 4, 4);
  }

  @Test
  void picturesAreGreyOrColour() {
    assertThat(FrameShape.of(2, 2, 1).isPicture()).isTrue();
    assertThat(FrameShape.of(2, 2, 3).isPicture()).isTrue();
    assertThat(FrameShape.of(2, 2, 3).isGrey()).isFalse();
    assertThat(FrameShape.of(2, 2, 2).isPicture()).isFalse();
    assertThat(FrameShape.of(2, 2, 4).isColour()).isFalse();
  }

  @Test
  void otherShapesAreNone() {
    for (List<Integer> lengths :
        List.of(
            List.<Integer>of(), List.of(5), List.of(2, 2, 3, 1), List.of(0, 5), List.of(4, 5, 0))) {
      assertThat(FrameShape.find(lengths)).isEmpty();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FrameShape.of(lengths))
          .withMessage("expected [H,W] or [H,W,C], each at least 1, found " + lengths);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FrameShape.ofSpectrum(lengths))
          .withMessageContaining("[C,H,W/2+1], found " + lengths);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> FrameShape.of(1, 0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameShape(2, 2, 3, false))
        .withMessage("expected one channel without a dimension for channels, found 3");
  }
}
