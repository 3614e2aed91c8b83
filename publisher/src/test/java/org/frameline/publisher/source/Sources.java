package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Sources under test: opened, written to files, compared with ffmpeg. No state. */
final class Sources {

  private static final long TIMEOUT_S = 60;

  private Sources() {}

  /**
   * Grabs a source to its end and compares every frame with the raw bytes that an ffmpeg program
   * prints.
   *
   * @return the number of frames, which is the same on both sides
   */
  static int framesEqualToFfmpeg(FrameSource source, String... command)
      throws IOException, InterruptedException, SourceException {
    Process ffmpeg =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    int bytes = source.description().frameBytes();
    ByteBuffer ours = ByteBuffer.allocateDirect(bytes);
    int frames = 0;
    try (InputStream output = ffmpeg.getInputStream()) {
      while (source.grab()) {
        source.copyTo(ours.clear());
        ByteBuffer theirs = ByteBuffer.wrap(output.readNBytes(bytes));
        assertThat(theirs.limit()).as("bytes of ffmpeg's frame %d", frames).isEqualTo(bytes);
        assertThat(ours.flip().mismatch(theirs))
            .as("differing byte in frame %d", frames)
            .isEqualTo(-1);
        frames++;
      }
      assertThat(output.read()).as("ffmpeg's output after frame %d", frames).isEqualTo(-1);
    } finally {
      ffmpeg.destroy();
    }
    assertThat(ffmpeg.waitFor(TIMEOUT_S, TimeUnit.SECONDS)).isTrue();
    return frames;
  }

  /** Opens a spec with a request made from it by {@code wish}. */
  static FrameSource open(String spec, java.util.function.UnaryOperator<SourceRequest> wish)
      throws SourceException {
    return wish.apply(SourceRequest.of(SourceKinds.parse(spec))).open(() -> false);
  }

  /** Writes the next {@code frames} frames one after the other into a file. */
  static Path dump(FrameSource source, int frames, Path file) throws SourceException {
    ByteBuffer all = ByteBuffer.allocate(frames * source.description().frameBytes());
    for (int i = 0; i < frames; i++) {
      assertThat(source.grab()).as("frame %d", i).isTrue();
      source.copyTo(all);
    }
    try {
      return Files.write(file, all.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
