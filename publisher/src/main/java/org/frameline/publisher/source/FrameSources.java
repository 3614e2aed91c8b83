package org.frameline.publisher.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Opens sources. No state. */
public final class FrameSources {

  private FrameSources() {}

  /**
   * Opens a source and, unless it is simulated, waits for its first picture, which tells the size.
   * The caller closes it.
   *
   * @param stopped ends all waiting, in opening and later, within a quarter of a second once it
   *     says true
   * @throws SourceException one line that says what is missing and what to do
   */
  public static FrameSource open(SourceRequest request, BooleanSupplier stopped)
      throws SourceException {
    SourceSpec spec = request.spec();
    if (spec instanceof SourceSpec.Synthetic synthetic) {
      return new SyntheticSource(synthetic, request);
    }
    if (spec instanceof SourceSpec.Video video) {
      return new FfmpegSource(
          MediaAddress.file(existing(video.path(), "a video file")), request, stopped);
    }
    if (spec instanceof SourceSpec.Recording recording) {
      return new RecordingSource(recording, request);
    }
    if (spec instanceof SourceSpec.Network network) {
      return new FfmpegSource(MediaAddress.network(network), request, stopped);
    }
    SourceSpec.Webcam webcam = (SourceSpec.Webcam) spec;
    return new FfmpegSource(Cameras.address(webcam, request), request, stopped);
  }

  /** The path, if it is a file that can be read. */
  static Path existing(Path path, String expected) throws SourceException {
    if (!Files.exists(path)) {
      throw new SourceException(
          "no file " + path + " (looked in " + Path.of("").toAbsolutePath() + "); check the name");
    }
    if (Files.isDirectory(path)) {
      throw new SourceException(path + " is a folder; expected " + expected);
    }
    if (!Files.isReadable(path)) {
      throw new SourceException(path + " may not be read by this user; check its access rights");
    }
    return path;
  }
}
