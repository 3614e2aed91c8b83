package org.frameline.analysis.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameShape;
import org.frameline.protocol.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FramePictureTest {

  @ParameterizedTest
  @EnumSource
  void theHighestValueOfAFormatIsWhiteOnTheScreenAndZeroBlack(PixelFormat format) {
    FrameShape shape = format.shape(1, 2);
    ByteBuffer pixels =
        ByteBuffer.allocate(2 * format.bytesPerPixel()).order(ByteOrder.LITTLE_ENDIAN);
    pixels.position(format.bytesPerPixel());
    while (pixels.hasRemaining()) {
      if (format.elementType() == ElementType.UINT16) {
        pixels.putShort((short) format.highestValue());
      } else {
        pixels.put((byte) format.highestValue());
      }
    }
    BufferedImage image = FramePicture.onScreen(shape, format, pixels.clear());
    int bits = image.getColorModel().getComponentSize(0);
    for (int c = 0; c < format.channels(); c++) {
      assertThat(image.getRaster().getSample(0, 0, c)).isZero();
      assertThat(image.getRaster().getSample(1, 0, c) >> (bits - 8)).isEqualTo(255);
    }
    BufferedImage exact = FramePicture.of(shape, format.elementType(), pixels.clear());
    assertThat(exact.getRaster().getSample(1, 0, 0)).isEqualTo(format.highestValue());
  }

  @Test
  void oneChannelIsGreyAndTwoAreNoPicture() {
    ByteBuffer pixels = ByteBuffer.wrap(new byte[] {1, 2});
    FrameShape one = FrameShape.of(List.of(1, 2, 1));
    assertThat(FramePicture.of(one, ElementType.UINT8, pixels).getRaster().getSample(1, 0, 0))
        .isEqualTo(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FramePicture.of(FrameShape.of(1, 1, 2), ElementType.UINT8, pixels))
        .withMessage("expected [H,W] or [H,W,3] of uint8 or uint16, found [1, 1, 2] of uint8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FramePicture.of(one, ElementType.FLOAT32, pixels))
        .withMessageEndingWith("found [1, 2, 1] of float32");
  }
}
