package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PixelFormatTest {

  @ParameterizedTest
  @EnumSource
  void isFoundAgainByItsFrames(PixelFormat format) {
    FrameShape shape = format.shape(4, 6);
    assertThat(PixelFormat.of(shape, format.elementType(), format.pfncName())).contains(format);
    assertThat(PixelFormat.ofPfncName(format.pfncName())).isEqualTo(format);
    // Without a name it is the one with all bits and no filter, which has the same frames.
    PixelFormat plain = PixelFormat.of(shape, format.elementType(), null).orElseThrow();
    assertThat(plain.elementType()).isEqualTo(format.elementType());
    assertThat(plain.shape(4, 6)).isEqualTo(shape);
    assertThat(plain.significantBits()).isEqualTo(Byte.SIZE * format.elementType().bytes());
    assertThat(plain.colourFilter()).isEqualTo(ColourFilter.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void aValueFitsIntoItsElement(PixelFormat format) {
    assertThat(format.significantBits()).isBetween(1, Byte.SIZE * format.elementType().bytes());
    assertThat(format.highestValue() >> (format.significantBits() - 1)).isOne();
    assertThat(format.bytesPerPixel())
        .isEqualTo(format.shape(1, 1).channels() * format.elementType().bytes());
    if (format.colourFilter() != ColourFilter.NONE) {
      assertThat(format.channels()).isOne();
    }
  }

  @Test
  void aNameThatDoesNotFitTheFramesIsNotBelieved() {
    FrameShape grey = FrameShape.of(4, 6, 1);
    assertThat(PixelFormat.of(grey, ElementType.UINT8, "RGB8")).contains(PixelFormat.MONO8);
    assertThat(PixelFormat.of(grey, ElementType.UINT16, "Mono8")).contains(PixelFormat.MONO16);
    assertThat(PixelFormat.of(grey, ElementType.UINT16, "Coord3D_C16"))
        .contains(PixelFormat.MONO16);
    assertThat(PixelFormat.of(grey, ElementType.FLOAT32, "Mono8")).isEmpty();
    assertThat(PixelFormat.of(FrameShape.of(4, 6, 2), ElementType.UINT8, null)).isEmpty();
    assertThat(PixelFormat.of(FrameShape.of(4, 6, 3), ElementType.UINT16, "RGB8")).isEmpty();
  }
}
