package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.frameline.protocol.ColourFilter;
import org.frameline.protocol.PixelFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PixelConverterTest {
  @BeforeAll
  static void load() throws SourceException {
    FfmpegLibrary.load();
  }

  /** White becomes the highest value, so that nothing is lost and nothing is said too much. */
  @ParameterizedTest
  @EnumSource
  void aPictureHasTheRangeOfTheFormatOrIsRefusedByName(PixelFormat format) throws Exception {
    if (format.colourFilter() != ColourFilter.NONE) {
      assertThatExceptionOfType(SourceException.class)
          .isThrownBy(() -> new PixelConverter(8, 4, format).close())
          .withMessageEndingWith("found " + format.pfncName());
      return;
    }
    ByteBuffer pixels = ByteBuffer.allocate(8 * 4 * format.bytesPerPixel());
    try (AVFrame white = white(8, 4);
        PixelConverter converter = new PixelConverter(8, 4, format)) {
      converter.convert(white);
      converter.copyTo(pixels);
      avutil.av_frame_unref(white);
    }
    for (int i = 0; i < pixels.position(); i += format.elementType().bytes()) {
      int value = pixels.get(i) & 0xff;
      if (format.elementType().bytes() == 2) {
        value |= (pixels.get(i + 1) & 0xff) << 8;
      }
      assertThat(value).isEqualTo(format.highestValue());
    }
  }

  private static AVFrame white(int width, int height) {
    AVFrame frame = avutil.av_frame_alloc();
    frame.format(avutil.AV_PIX_FMT_RGB24);
    frame.width(width);
    frame.height(height);
    assertThat(avutil.av_frame_get_buffer(frame, 0)).isZero();
    byte[] row = new byte[3 * width];
    Arrays.fill(row, (byte) 255);
    for (int y = 0; y < height; y++) {
      frame.data(0).position((long) y * frame.linesize(0)).put(row);
    }
    frame.data(0).position(0);
    return frame;
  }
}
