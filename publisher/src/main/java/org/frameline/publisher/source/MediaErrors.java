package org.frameline.publisher.source;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_DECODER_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_FORBIDDEN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_STREAM_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** FFmpeg's error codes in one line that says what to do. No state. */
final class MediaErrors {

  private static final int LONGEST_TEXT = 256;

  private MediaErrors() {}

  static SourceException opening(MediaAddress address, int code, Patience patience) {
    String label = address.label();
    if (code == AVERROR_STREAM_NOT_FOUND) {
      return new SourceException(label + " has no video in it; expected a file or camera with one");
    }
    if (code == AVERROR_DECODER_NOT_FOUND) {
      return new SourceException(
          label + " is coded in a way that this FFmpeg cannot decode; convert it, e.g. to H.264");
    }
    return switch (address.kind()) {
      case FILE ->
          new SourceException(
              label + " is not a video, or it is broken (" + text(code) + "); try another player");
      case NETWORK -> network(label, code, patience);
      case CAMERA ->
          new SourceException(
              label
                  + " cannot be opened ("
                  + text(code)
                  + "); close other programs that use it, check the access rights, and try without"
                  + " a size and rate of your own");
    };
  }

  private static SourceException network(String label, int code, Patience patience) {
    if (patience.cancelled()) {
      return new SourceException(label + ": opening was cancelled");
    }
    // RTSP turns an interrupted wait into "invalid data".
    if (code == AVERROR_EXIT || patience.exhausted()) {
      return new SourceException(
          label + " did not answer within " + seconds(patience) + "; check address and camera");
    }
    if (code == AVERROR_HTTP_UNAUTHORIZED || code == AVERROR_HTTP_FORBIDDEN) {
      return new SourceException(
          label + " wants another user name or password; write them as //USER:PASSWORD@HOST");
    }
    if (code == AVERROR_HTTP_NOT_FOUND) {
      return new SourceException(label + " has no such stream; check the path of the address");
    }
    return new SourceException(
        label + " cannot be reached (" + text(code) + "); check address, port and camera");
  }

  static SourceException reading(MediaAddress address, int code, Patience patience) {
    if (code == AVERROR_EXIT || (address.kind().live() && patience.exhausted())) {
      return new SourceException(
          address.label() + " sent no picture for " + seconds(patience) + "; check the camera");
    }
    return new SourceException(
        address.label() + " cannot be read any further (" + text(code) + "); check its connection");
  }

  /** No picture at all came out of something that looked like a video. */
  static SourceException empty(MediaAddress address, Patience patience) {
    if (patience.cancelled()) {
      return new SourceException(address.label() + ": opening was cancelled");
    }
    return new SourceException(
        address.label() + " has no picture that can be decoded; it is empty or broken");
  }

  private static String seconds(Patience patience) {
    return String.format(Locale.ROOT, "%.1f s", patience.timeoutSeconds());
  }

  /** What FFmpeg says about one of its error codes. */
  static String text(int code) {
    byte[] buffer = new byte[LONGEST_TEXT];
    av_strerror(code, buffer, buffer.length);
    int end = 0;
    while (end < buffer.length && buffer[end] != 0) {
      end++;
    }
    return new String(buffer, 0, end, StandardCharsets.UTF_8);
  }
}
