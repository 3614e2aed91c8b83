package org.frameline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Video for the tests: real footage where Debian's package opencv-doc has put it, else the same of
 * made-up pictures. No state.
 */
public final class Footage {
  public static final int WIDTH = 768;
  public static final int HEIGHT = 576;
  public static final int FRAMES = 795;

  private static final Path PACKAGED = Path.of("/usr/share/doc/opencv-doc/examples/data/vtest.avi");

  private Footage() {}

  /** {@value #FRAMES} frames of {@value #WIDTH}x{@value #HEIGHT} pixels, 10 per second. */
  public static Path file() {
    if (Files.exists(PACKAGED)) {
      return PACKAGED;
    }
    Path made = Checkout.file("target/footage/vtest.avi");
    try {
      return Files.exists(made) ? made : make(made);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes what {@link #file()} has, with as many bytes, of moving patterns. It appears as a whole,
   * so that tests in other processes can make it at the same time.
   */
  static Path make(Path file) throws IOException, InterruptedException {
    Files.createDirectories(file.getParent());
    Path unfinished = Files.createTempFile(file.getParent(), "unfinished", ".avi");
    String picture = "testsrc2=size=%dx%d:rate=10,noise=alls=4:allf=t".formatted(WIDTH, HEIGHT);
    ffmpeg(picture, FRAMES, unfinished, "-c:v", "msmpeg4", "-b:v", "817k");
    return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes a video, or a picture, from ffmpeg's test pattern; {@code size} like 64x48. */
  public static Path testVideo(Path file, String size, int frames, String... encoding)
      throws IOException, InterruptedException {
    // The generator itself rounds odd sizes down.
    String picture = "testsrc2=size=400x300:rate=25,scale=" + size.replace('x', ':');
    ffmpeg(picture, frames, file, encoding);
    return file;
  }

  private static void ffmpeg(String picture, int frames, Path file, String... encoding)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-f", "lavfi"));
    command.addAll(List.of("-i", picture, "-frames:v", Integer.toString(frames)));
    command.addAll(List.of(encoding));
    command.add(file.toString());
    Program.run(Path.of("."), command).succeeded();
  }
}
