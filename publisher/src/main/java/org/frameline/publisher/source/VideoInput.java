package org.frameline.publisher.source;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_STREAM;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_frame_rate;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The best video stream of one opened input, decoded picture by picture as FFmpeg delivers them.
 * Owns its native memory. One thread; the {@link Patience} belongs to the caller and must outlive
 * it.
 */
final class VideoInput implements AutoCloseable {

  // A camera is asked this often whether a picture has come: half a millisecond of delay at most.
  private static final long POLL_NS = 500_000;
  // Above this a frame rate is a time base that was taken for one.
  private static final double FASTEST_CREDIBLE_FPS = 1000;
  private static final int MOST_FAILURES_AT_END = 64;
  // Containers round their length, and some leave out the last frame's.
  private static final double MOST_FRAMES_SHORT = 2.5;

  private final MediaAddress address;
  private final Patience patience;
  private final Damage damage;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private AVFormatContext format;
  private AVCodecContext codec;
  private int streamIndex;
  private boolean packetPending;
  private boolean draining;
  private boolean started;
  // In the stream's own unit.
  private long firstTimestamp;
  private long readUpTo;

  /**
   * Opens an input.
   *
   * @param damage told what is wrong with the pictures
   */
  VideoInput(MediaAddress address, Patience patience, Damage damage) throws SourceException {
    this.address = address;
    this.patience = patience;
    this.damage = damage;
    boolean opened = false;
    try {
      openFormat();
      openCodec();
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  private void openFormat() throws SourceException {
    AVFormatContext context = avformat_alloc_context();
    if (address.kind().live()) {
      patience.restart();
      context.interrupt_callback().callback(patience);
    }
    if (address.kind() == MediaAddress.Kind.CAMERA) {
      // Otherwise a camera that stands still blocks for ever, beyond the reach of the callback.
      context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
    }
    AVInputFormat demuxer =
        address.inputFormat() == null ? null : av_find_input_format(address.inputFormat());
    AVDictionary options = new AVDictionary((Pointer) null);
    for (Map.Entry<String, String> option : address.options().entrySet()) {
      av_dict_set(options, option.getKey(), option.getValue(), 0);
    }
    int code;
    try (BytePointer url = new BytePointer(terminated(address.url()))) {
      code = avformat_open_input(context, url, demuxer, options);
    } finally {
      av_dict_free(options);
    }
    if (code < 0) {
      // avformat_open_input has freed the context.
      throw MediaErrors.opening(address, code, patience);
    }
    format = context;
  }

  /** UTF-8 as FFmpeg expects it on every system, where Java's own default may be ASCII. */
  private static byte[] terminated(String text) {
    return (text + '\0').getBytes(StandardCharsets.UTF_8);
  }

  private void openCodec() throws SourceException {
    int code = 0;
    // A camera driver declares everything; probing it would spend its first pictures.
    if (address.kind() != MediaAddress.Kind.CAMERA) {
      patience.restart();
      code = avformat_find_stream_info(format, (PointerPointer<?>) null);
    }
    AVCodec decoder = new AVCodec((Pointer) null);
    if (code >= 0) {
      code = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, decoder, 0);
    }
    if (code < 0) {
      throw MediaErrors.opening(address, code, patience);
    }
    streamIndex = code;
    AVStream stream = format.streams(streamIndex);
    codec = avcodec_alloc_context3(decoder);
    code = avcodec_parameters_to_context(codec, stream.codecpar());
    if (code >= 0) {
      codec.pkt_timebase(stream.time_base());
      codec.thread_count(0);
      if (address.kind().live()) {
        // Decoding several pictures at once would hold each back until the next ones have come.
        codec.thread_type(AVCodecContext.FF_THREAD_SLICE);
      }
      code = avcodec_open2(codec, decoder, (PointerPointer<?>) null);
    }
    if (code < 0) {
      throw MediaErrors.opening(address, code, patience);
    }
  }

  /** Name of the codec, for people. */
  String codecName() {
    return avcodec_get_name(codec.codec_id()).getString();
  }

  /** Frames/s as the container or the camera states it, or NaN. */
  double framesPerSecond() {
    AVRational rate = av_guess_frame_rate(format, format.streams(streamIndex), null);
    double fps = (double) rate.num() / rate.den();
    return fps > 0 && fps <= FASTEST_CREDIBLE_FPS ? fps : Double.NaN;
  }

  /**
   * Whether only a fault ends it: a camera, and whatever comes over RTSP. Behind http there may be
   * a file, which tells how long it is.
   */
  boolean isEndless() {
    return switch (address.kind()) {
      case CAMERA -> true;
      case NETWORK -> address.url().startsWith("rtsp") || format.duration() <= 0;
      case FILE -> false;
    };
  }

  /** The picture of the last {@link #next()}; ours, and overwritten by the following one. */
  AVFrame frame() {
    return frame;
  }

  /**
   * Decodes the next picture, including those that the codec still holds at the end. Pictures that
   * cannot be decoded are left out, as the ffmpeg program does, and counted.
   *
   * @return false at the end of the input, or when cancelled
   */
  boolean next() throws SourceException {
    patience.restart();
    int failuresAtEnd = 0;
    while (true) {
      int code = avcodec_receive_frame(codec, frame);
      if (code >= 0) {
        if (frame.decode_error_flags() != 0
            || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
          damage.faultyPicture();
        }
        if (!started) {
          started = true;
          firstTimestamp = frame.best_effort_timestamp();
        }
        return true;
      }
      if (code == AVERROR_EOF || failuresAtEnd > MOST_FAILURES_AT_END) {
        return false;
      }
      if (code != AVERROR_EAGAIN()) {
        damage.lostPicture();
      }
      if (draining) {
        failuresAtEnd++;
      } else if (!feed()) {
        return false;
      }
    }
  }

  /**
   * Goes back to the start and decodes the first picture, without the tens of milliseconds that
   * opening again takes.
   *
   * @return false where that cannot be relied on: the container cannot seek, has no time stamps, or
   *     the seek found another picture; then this input is of no more use
   */
  boolean restart() throws SourceException {
    if (firstTimestamp == AV_NOPTS_VALUE
        || av_seek_frame(format, streamIndex, firstTimestamp, AVSEEK_FLAG_BACKWARD) < 0) {
      return false;
    }
    avcodec_flush_buffers(codec);
    av_packet_unref(packet);
    packetPending = false;
    draining = false;
    return next() && frame.best_effort_timestamp() == firstTimestamp;
  }

  /** Gives the codec one packet more, or the news that there are none; false when cancelled. */
  private boolean feed() throws SourceException {
    if (!packetPending) {
      int code = readPacket();
      if (code == AVERROR_EOF || code == AVERROR_INVALIDDATA) {
        // A file that was cut short ends with invalid data; what came before is good.
        noteEnd(code);
        draining = true;
        avcodec_send_packet(codec, null);
        return true;
      }
      if (code < 0) {
        if (patience.cancelled()) {
          return false;
        }
        throw MediaErrors.reading(address, code, patience);
      }
      packetPending = packet.stream_index() == streamIndex;
    }
    if (packetPending) {
      int code = avcodec_send_packet(codec, packet);
      if (code == AVERROR_EAGAIN()) {
        return true;
      }
      if (code < 0) {
        damage.lostPicture();
      }
      notePacket();
    }
    packetPending = false;
    av_packet_unref(packet);
    return true;
  }

  private void notePacket() {
    long from = packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts();
    if (from != AV_NOPTS_VALUE) {
      readUpTo = Math.max(readUpTo, from + Math.max(0, packet.duration()));
    }
  }

  /** Compares where the packets end with the length that the container itself states. */
  private void noteEnd(int code) {
    AVStream stream = format.streams(streamIndex);
    double unitS = (double) stream.time_base().num() / stream.time_base().den();
    if (code == AVERROR_INVALIDDATA) {
      damage.breaksOff(readUpTo * unitS, Double.NaN);
    } else if (stream.duration() > 0
        && readUpTo > 0
        && format.duration_estimation_method() == AVFMT_DURATION_FROM_STREAM) {
      long start = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
      double fps = framesPerSecond();
      double lengthS = statedLengthS(stream, stream.duration() * unitS, fps);
      double readS = (readUpTo - start) * unitS;
      if (lengthS - readS > (Double.isNaN(fps) ? 1 : MOST_FRAMES_SHORT / fps)) {
        damage.breaksOff(readS, lengthS);
      }
    }
  }

  /** For an AVI that is cut short, FFmpeg takes the length that its size suggests. */
  private double statedLengthS(AVStream stream, double durationS, double fps) {
    boolean avi = format.iformat().name().getString().equals("avi");
    return avi && !Double.isNaN(fps) ? Math.max(durationS, stream.nb_frames() / fps) : durationS;
  }

  private int readPacket() {
    int code = av_read_frame(format, packet);
    while (code == AVERROR_EAGAIN() && !patience.exhausted()) {
      LockSupport.parkNanos(POLL_NS);
      code = av_read_frame(format, packet);
    }
    // A camera that sends sound but no picture has to run out of patience too.
    boolean over = address.kind().live() && patience.exhausted() && code >= 0;
    return over || code == AVERROR_EAGAIN() ? AVERROR_EXIT : code;
  }

  @Override
  public void close() {
    av_packet_free(packet);
    av_frame_free(frame);
    if (codec != null) {
      avcodec_free_context(codec);
      codec = null;
    }
    if (format != null) {
      avformat_close_input(format);
      format = null;
    }
  }
}
