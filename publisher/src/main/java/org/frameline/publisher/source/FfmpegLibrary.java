package org.frameline.publisher.source;

import static org.bytedeco.ffmpeg.global.avdevice.avdevice_register_all;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

/** FFmpeg's settings for the whole process. Thread-safe. */
final class FfmpegLibrary {

  static {
    // What FFmpeg would print on stderr is in the message of our exceptions.
    av_log_set_level(AV_LOG_QUIET);
    avdevice_register_all();
  }

  private FfmpegLibrary() {}

  /** Loads the native libraries and makes them quiet, once; to be called before any other use. */
  static void load() {}
}
