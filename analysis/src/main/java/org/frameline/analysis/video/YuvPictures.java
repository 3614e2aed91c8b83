package org.frameline.analysis.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/**
 * Pictures as they are coded, YUV 4:2:0. A few of them in turn, so that the next is made while the
 * last ones are coded. Owns their native memory; one thread makes them, and closes it when nobody
 * reads them any more.
 */
final class YuvPictures implements AutoCloseable {
  private final PaddedPicture original;
  private final SwsContext scaler = sws_alloc_context();
  private final AVFrame[] pictures;
  private int next;

  /**
   * Reserves the memory.
   *
   * @param count how many pictures there are; each is valid until as many further are made
   * @param colourspace as FFmpeg numbers it
   */
  YuvPictures(VideoFormat format, int count, int colourspace) throws IOException {
    original = new PaddedPicture(format);
    pictures = new AVFrame[count];
    boolean ready = false;
    try {
      scaler.flags(SWS_BICUBIC);
      scaler.threads(1);
      for (int i = 0; i < count; i++) {
        AVFrame yuv = av_frame_alloc();
        pictures[i] = yuv;
        yuv.format(AV_PIX_FMT_YUV420P);
        yuv.width(format.codedWidth());
        yuv.height(format.codedHeight());
        yuv.color_range(AVCOL_RANGE_MPEG);
        yuv.colorspace(colourspace);
        FfmpegError.check("no memory for a picture", av_frame_get_buffer(yuv, 0));
      }
      ready = true;
    } finally {
      if (!ready) {
        close();
      }
    }
  }

  /**
   * Makes a picture.
   *
   * @param samples {@code [H,W]} or {@code [H,W,3]} of uint8, as the format says
   */
  AVFrame make(ByteBuffer samples) throws IOException {
    AVFrame yuv = pictures[next];
    next = (next + 1) % pictures.length;
    original.fill(samples);
    FfmpegError.check("no memory for a picture", av_frame_make_writable(yuv));
    FfmpegError.check(
        "a picture cannot be converted", sws_scale_frame(scaler, yuv, original.frame()));
    return yuv;
  }

  @Override
  public void close() {
    for (AVFrame yuv : pictures) {
      if (yuv != null) {
        av_frame_free(yuv);
      }
    }
    sws_free_context(scaler);
    original.close();
  }
}
