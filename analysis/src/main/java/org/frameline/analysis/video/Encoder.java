package org.frameline.analysis.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_d2q;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_inv_q;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;

/** Makes packets of pictures, at constant quality. Owns its native memory; one thread. */
final class Encoder implements AutoCloseable {
  // Pictures differ from the originals by 40 dB or more, which eyes do not see.
  private static final int H264_QUANTIZER = 20;
  private static final String VP9_QUALITY = "24";
  private static final int FRAMES_BETWEEN_KEY_FRAMES = 60;
  private static final int LARGEST_FRACTION = 100_000;
  // Players that are told nothing take these pictures for standard definition.
  private static final int TALLEST_STANDARD_DEFINITION = 576;

  private final AVCodecContext context;

  Encoder(VideoFormat format) throws IOException {
    boolean h264 = format.codec() == VideoFormat.Codec.H264;
    AVCodec codec = avcodec_find_encoder_by_name(h264 ? "libopenh264" : "libvpx-vp9");
    if (codec == null) {
      throw new IOException("this FFmpeg cannot code " + format.codec().title());
    }
    context = avcodec_alloc_context3(codec);
    boolean opened = false;
    AVDictionary options = new AVDictionary((Pointer) null);
    try {
      describe(format);
      if (h264) {
        context.qmin(H264_QUANTIZER);
        context.qmax(H264_QUANTIZER);
      } else {
        av_dict_set(options, "crf", VP9_QUALITY, 0);
        av_dict_set(options, "b", "0", 0);
        av_dict_set(options, "deadline", "realtime", 0);
        av_dict_set(options, "cpu-used", "8", 0);
        av_dict_set(options, "row-mt", "1", 0);
      }
      FfmpegError.check(
          "the coder for " + format.codec().title() + " does not start",
          avcodec_open2(context, codec, options));
      opened = true;
    } finally {
      av_dict_free(options);
      if (!opened) {
        close();
      }
    }
  }

  private void describe(VideoFormat format) {
    boolean standard = format.height() <= TALLEST_STANDARD_DEFINITION;
    context.width(format.codedWidth());
    context.height(format.codedHeight());
    context.pix_fmt(AV_PIX_FMT_YUV420P);
    context.framerate(av_d2q(format.rate(), LARGEST_FRACTION));
    context.time_base(av_inv_q(context.framerate()));
    context.gop_size(FRAMES_BETWEEN_KEY_FRAMES);
    context.max_b_frames(0);
    context.color_range(AVCOL_RANGE_MPEG);
    context.colorspace(standard ? AVCOL_SPC_SMPTE170M : AVCOL_SPC_BT709);
    context.color_primaries(standard ? AVCOL_PRI_SMPTE170M : AVCOL_PRI_BT709);
    context.color_trc(standard ? AVCOL_TRC_SMPTE170M : AVCOL_TRC_BT709);
    context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    context.thread_count(Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  AVCodecContext context() {
    return context;
  }

  /**
   * Takes a picture.
   *
   * @param position when it is shown, in units of a frame
   */
  void send(AVFrame yuv, long position) throws IOException {
    yuv.pts(position);
    FfmpegError.check("a picture cannot be coded", avcodec_send_frame(context, yuv));
  }

  /** No more pictures come; gives out what is still inside. */
  void drain() throws IOException {
    FfmpegError.check("the last pictures cannot be coded", avcodec_send_frame(context, null));
  }

  /** The next packet, or false when another picture is needed for it, or none comes any more. */
  boolean receive(AVPacket packet) throws IOException {
    int code = avcodec_receive_packet(context, packet);
    if (code == AVERROR_EAGAIN() || code == AVERROR_EOF) {
      return false;
    }
    FfmpegError.check("a picture cannot be coded", code);
    return true;
  }

  @Override
  public void close() {
    avcodec_free_context(context);
  }
}
