package org.frameline.analysis.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_strdup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.frameline.program.WorkAhead;

/**
 * An MP4 file in the making, with its index in front, so that a browser plays it while it loads.
 * Closed before it is finished, it cannot be played. Pictures are coded and written by a thread of
 * its own, while the next ones are made. Owns its native memory; used by one thread.
 */
public final class VideoFile implements Closeable {
  /** Pictures that are coded or wait for it, while the next one is made. */
  private static final int WAITING = 2;

  private final Encoder encoder;
  private final YuvPictures pictures;
  private final WorkAhead coding = new WorkAhead("video-code", 1, WAITING);
  private final AVPacket packet = av_packet_alloc();
  private final AVFormatContext container = new AVFormatContext((Pointer) null);
  private AVStream stream;
  private boolean closed;

  private VideoFile(VideoFormat format) throws IOException {
    encoder = new Encoder(format);
    try {
      pictures = new YuvPictures(format, WAITING + 1, encoder.context().colorspace());
    } catch (IOException e) {
      coding.close();
      encoder.close();
      throw e;
    }
  }

  /**
   * Begins a file, which is replaced when it is there.
   *
   * @throws IOException saying what does not work, without the name of the file
   */
  public static VideoFile create(Path file, VideoFormat format) throws IOException {
    FfmpegError.load();
    VideoFile video = new VideoFile(format);
    boolean opened = false;
    try {
      video.open(file);
      opened = true;
      return video;
    } finally {
      if (!opened) {
        video.close();
      }
    }
  }

  private void open(Path file) throws IOException {
    FfmpegError.check(
        "no MP4", avformat_alloc_output_context2(container, null, "mp4", (String) null));
    stream = avformat_new_stream(container, null);
    FfmpegError.check(
        "no MP4", avcodec_parameters_from_context(stream.codecpar(), encoder.context()));
    stream.time_base(encoder.context().time_base());
    stream.avg_frame_rate(encoder.context().framerate());
    AVDictionary options = new AVDictionary((Pointer) null);
    // With the protocol in front, a colon in a name is only a colon; UTF-8 on every system.
    byte[] address = ("file:" + file.toAbsolutePath() + '\0').getBytes(StandardCharsets.UTF_8);
    try (BytePointer url = new BytePointer(address)) {
      AVIOContext io = new AVIOContext((Pointer) null);
      FfmpegError.check("no file can be made", avio_open(io, url, AVIO_FLAG_WRITE));
      container.pb(io);
      // FFmpeg frees it with the container.
      container.url(av_strdup(url));
      av_dict_set(options, "movflags", "+faststart", 0);
      FfmpegError.check("writing failed", avformat_write_header(container, options));
    } finally {
      av_dict_free(options);
    }
  }

  /**
   * Adds a picture.
   *
   * @param samples {@code [H,W]} or {@code [H,W,3]} of uint8, as the format says
   * @param position when it is shown, in units of a frame; larger than that of the picture before
   * @throws IOException when it, or one before it, cannot be coded or written
   */
  public void add(ByteBuffer samples, long position) throws IOException {
    AVFrame picture = pictures.make(samples);
    coding.give(
        () -> {
          encoder.send(picture, position);
          writePackets();
        });
  }

  private void writePackets() throws IOException {
    while (encoder.receive(packet)) {
      if (packet.duration() == 0) {
        packet.duration(1);
      }
      packet.stream_index(stream.index());
      av_packet_rescale_ts(packet, encoder.context().time_base(), stream.time_base());
      FfmpegError.check("writing failed", av_interleaved_write_frame(container, packet));
      FfmpegError.check("writing failed", container.pb().error());
    }
  }

  /** Makes the file whole, and closes it. */
  public void finish() throws IOException {
    coding.await();
    encoder.drain();
    writePackets();
    FfmpegError.check("writing failed", av_write_trailer(container));
    FfmpegError.check("writing failed", container.pb().error());
    int code = avio_closep(container.pb());
    container.pb(null);
    FfmpegError.check("writing failed", code);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      coding.close();
      if (!container.isNull()) {
        if (container.pb() != null) {
          avio_closep(container.pb());
          container.pb(null);
        }
        avformat_free_context(container);
      }
      av_packet_free(packet);
      pictures.close();
      encoder.close();
    }
  }
}
