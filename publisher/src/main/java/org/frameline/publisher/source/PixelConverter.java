package org.frameline.publisher.source;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY16LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
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
import org.frameline.protocol.PixelFormat;

/**
 * Turns decoded pictures of any kind into frames of one size and pixel format. The scaler takes
 * size, colour space and range of each picture from the picture, and its flags are the defaults of
 * the ffmpeg program of the same version, so that the bytes are the same. Owns its native memory;
 * one thread.
 */
final class PixelConverter implements AutoCloseable {

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
    converted = av_frame_alloc();
    converted.format(ffmpegFormat(format));
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

  private static int ffmpegFormat(PixelFormat format) {
    return switch (format) {
      case RGB8 -> AV_PIX_FMT_RGB24;
      case MONO8 -> AV_PIX_FMT_GRAY8;
      case MONO16 -> AV_PIX_FMT_GRAY16LE;
    };
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
