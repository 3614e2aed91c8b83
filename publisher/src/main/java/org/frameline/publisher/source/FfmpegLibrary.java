package org.frameline.publisher.source;

import static org.bytedeco.ffmpeg.global.avdevice.avdevice_register_all;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

/** FFmpeg's native libraries, and its settings for the whole process. Thread-safe. */
final class FfmpegLibrary {

  private FfmpegLibrary() {}

  /**
   * Loads what decodes, and makes it quiet; to be called before any other use.
   *
   * @throws SourceException when a library is missing on this machine
   */
  static void load() throws SourceException {
    // What FFmpeg would print on stderr is in the message of our exceptions.
    loading("FFmpeg", () -> av_log_set_level(AV_LOG_QUIET));
  }

  /**
   * Loads also what reads from cameras on this machine. That needs more libraries of the system,
   * for sound among others, which files and network cameras do without.
   *
   * @throws SourceException as above
   */
  static void loadDevices() throws SourceException {
    load();
    loading("what FFmpeg reads cameras with", () -> avdevice_register_all());
  }

  /** Whatever is missing, the message names it. */
  static void loading(String what, Runnable use) throws SourceException {
    try {
      use.run();
    } catch (LinkageError e) {
      throw new SourceException("cannot load " + what + ": " + e.getMessage(), e);
    }
  }
}
