package org.frameline.analysis.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What FFmpeg says, in exceptions instead of on stderr. Without state. */
final class FfmpegError {
  private static final int LONGEST_TEXT = 256;

  static {
    av_log_set_level(AV_LOG_QUIET);
  }

  private FfmpegError() {}

  /** Loads the native libraries and makes them quiet, once; to be called before any other use. */
  static void load() {}

  /**
   * Looks at what a function returned.
   *
   * @return the code
   * @throws IOException when the code says that it failed
   */
  static int check(String what, int code) throws IOException {
    if (code < 0) {
      throw of(what, code);
    }
    return code;
  }

  static IOException of(String what, int code) {
    byte[] buffer = new byte[LONGEST_TEXT];
    av_strerror(code, buffer, buffer.length);
    int end = 0;
    while (end < buffer.length && buffer[end] != 0) {
      end++;
    }
    return new IOException(what + ": " + new String(buffer, 0, end, StandardCharsets.UTF_8));
  }
}
