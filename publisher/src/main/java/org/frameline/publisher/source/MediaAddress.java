package org.frameline.publisher.source;

import java.nio.file.Path;
import java.util.Map;

/**
 * What FFmpeg is given to open. Immutable.
 *
 * @param url in FFmpeg's notation, may hold a password
 * @param label the same for people, without a password
 * @param inputFormat FFmpeg's name of the demuxer or device, or null to let it find out
 * @param options demuxer and protocol options
 * @param kind decides about waiting, probing and the words of an error
 */
record MediaAddress(
    String url, String label, String inputFormat, Map<String, String> options, Kind kind) {

  enum Kind {
    FILE,
    NETWORK,
    CAMERA;

    boolean live() {
      return this != FILE;
    }
  }

  MediaAddress {
    options = Map.copyOf(options);
  }

  /** The prefix keeps FFmpeg from taking a colon in a file name for a protocol. */
  static MediaAddress file(Path path) {
    return new MediaAddress("file:" + path, path.toString(), null, Map.of(), Kind.FILE);
  }

  /**
   * RTSP over TCP, because over UDP a burst of a large key frame overruns the receive buffer and
   * pictures arrive torn. One second of probing is enough to learn the frame rate; the default of
   * five delays the first picture.
   */
  static MediaAddress network(NetworkSpec spec) {
    String url = spec.address().toString();
    Map<String, String> options =
        url.startsWith("rtsp")
            ? Map.of("rtsp_transport", "tcp", "analyzeduration", "1000000")
            : Map.of("analyzeduration", "1000000");
    return new MediaAddress(url, spec.label(), null, options, Kind.NETWORK);
  }
}
