package org.frameline.analysis.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * A picture in native memory, with its last column and row repeated up to the size that is coded.
 * Owns that memory; one thread.
 */
final class PaddedPicture implements AutoCloseable {
  private final VideoFormat format;
  private final AVFrame frame = av_frame_alloc();
  private final ByteBuffer memory;
  private final int stride;
  private final int pixelBytes;

  PaddedPicture(VideoFormat format) throws IOException {
    this.format = format;
    pixelBytes = format.colour() ? 3 : 1;
    frame.format(format.colour() ? AV_PIX_FMT_RGB24 : AV_PIX_FMT_GRAY8);
    frame.width(format.codedWidth());
    frame.height(format.codedHeight());
    frame.color_range(AVCOL_RANGE_JPEG);
    if (format.colour()) {
      frame.colorspace(AVCOL_SPC_RGB);
    }
    int code = av_frame_get_buffer(frame, 0);
    if (code < 0) {
      close();
      throw FfmpegError.of("no memory for a picture", code);
    }
    stride = frame.linesize(0);
    memory = frame.data(0).capacity((long) stride * format.codedHeight()).asByteBuffer();
  }

  /** The picture of the last {@link #fill}. */
  AVFrame frame() {
    return frame;
  }

  /** Takes a picture, {@code [H,W]} or {@code [H,W,3]} of uint8. */
  void fill(ByteBuffer samples) {
    int row = format.width() * pixelBytes;
    int codedRow = format.codedWidth() * pixelBytes;
    int position = samples.position();
    if (row == stride) {
      memory.put(0, samples, position, row * format.height());
    } else {
      for (int y = 0; y < format.height(); y++) {
        memory.put(y * stride, samples, position + y * row, row);
        for (int x = row; x < codedRow; x++) {
          memory.put(y * stride + x, memory.get(y * stride + x - pixelBytes));
        }
      }
    }
    for (int y = format.height(); y < format.codedHeight(); y++) {
      memory.put(y * stride, memory, (y - 1) * stride, codedRow);
    }
  }

  @Override
  public void close() {
    av_frame_free(frame);
  }
}
