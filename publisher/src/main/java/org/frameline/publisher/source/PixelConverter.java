package org.frameline.publisher.source;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY12LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY14LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.frameline.protocol.ColourFilter;
import org.frameline.protocol.PixelFormat;

/**
 * Turns decoded pictures of any kind into frames of one size and pixel format. The scaler takes
 * size, colour space and range of each picture from the picture, and its flags are the defaults of
 * the ffmpeg program of the same version, so that the bytes are the same. Owns its native memory;
 * one thread.
 */
final class PixelConverter implements AutoCloseable {

  private static final int RGB = 3;

  private final int rowBytes;
  private final int height;
  private final SwsContext scaler;
  private final AVFrame converted;
  // The memory of converted, rows padded to stride; valid until close.
  private final ByteBuffer pixels;
  private final int stride;

  PixelConverter(int width, int height, PixelFormat format) throws SourceException {
    this.rowBytes = Math.multiplyExact(width, format.bytesPerPixel());
    this.height = height;
    int ffmpegFormat = ffmpegFormat(format);
    converted = av_frame_alloc();
    converted.format(ffmpegFormat);
    converted.width(width);
    converted.height(height);
    int code = av_frame_get_buffer(converted, 0);
    if (code < 0) {
      av_frame_free(converted);
      throw new SourceException(
          "no memory for a frame of " + width + "x" + height + " (" + MediaErrors.text(code) + ")");
    }
    stride = converted.linesize(0);
    long bytes = (long) stride * (height - 1) + rowBytes;
    pixels = converted.data(0).capacity(bytes).asByteBuffer();
    scaler = sws_alloc_context();
    scaler.flags(SWS_BICUBIC);
    scaler.threads(1);
  }

  /**
   * FFmpeg's name of a format.
   *
   * @throws SourceException when it has none that pictures can be converted to
   */
  private static int ffmpegFormat(PixelFormat format) throws SourceException {
    boolean plain = format.colourFilter() == ColourFilter.NONE;
    if (plain && format.channels() == RGB && format.significantBits() == Byte.SIZE) {
      return AV_PIX_FMT_RGB24;
    }
    int grey =
        switch (format.significantBits()) {
          case 8 -> AV_PIX_FMT_GRAY8;
          case 10 -> AV_PIX_FMT_GRAY10LE;
          case 12 -> AV_PIX_FMT_GRAY12LE;
          case 14 -> AV_PIX_FMT_GRAY14LE;
          case 16 -> AV_PIX_FMT_GRAY16LE;
          default -> AV_PIX_FMT_NONE;
        };
    if (plain && format.channels() == 1 && grey != AV_PIX_FMT_NONE) {
      return grey;
    }
    throw new SourceException(
        "--format: pictures of cameras and videos are converted to grey, or to colour of 8 bits;"
            + " found "
            + format.pfncName());
  }

  void convert(AVFrame picture) throws SourceException {
    int code = sws_scale_frame(scaler, converted, picture);
    if (code < 0) {
      throw new SourceException(
          "a picture cannot be converted to the wanted size and pixel format ("
              + MediaErrors.text(code)
              + ")");
    }
  }

  /** Writes the last converted frame without the padding and advances the position. */
  void copyTo(ByteBuffer destination) {
    if (destination.remaining() < rowBytes * height) {
      throw new BufferOverflowException();
    }
    int position = destination.position();
    if (stride == rowBytes) {
      destination.put(position, pixels, 0, rowBytes * height);
    } else {
      for (int y = 0; y < height; y++) {
        destination.put(position + y * rowBytes, pixels, y * stride, rowBytes);
      }
    }
    destination.position(position + rowBytes * height);
  }

  @Override
  public void close() {
    sws_free_context(scaler);
    av_frame_free(converted);
  }
}
