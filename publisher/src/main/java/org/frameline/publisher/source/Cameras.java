package org.frameline.publisher.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The cameras attached to this machine. No state; may be asked from any thread. */
final class Cameras {

  private static final Path SYS = Path.of("/sys/class/video4linux");
  private static final Path DEV = Path.of("/dev");

  private Cameras() {}

  /** The systems FFmpeg captures on, with its names for their camera interfaces. */
  private enum Capture {
    V4L2,
    DSHOW,
    AVFOUNDATION;

    static Capture ofThisSystem() {
      String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      if (name.startsWith("windows")) {
        return DSHOW;
      }
      return name.startsWith("mac") ? AVFOUNDATION : V4L2;
    }

    String inputFormat() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Lists the cameras, without opening them; empty when there are none. On macOS FFmpeg offers no
   * list, so it is empty there, and {@code webcam:0} is worth a try.
   *
   * @throws IOException when the system's list cannot be read
   */
  static List<Camera> list() throws IOException {
    return switch (Capture.ofThisSystem()) {
      case V4L2 -> LinuxCameras.list(SYS, DEV);
      case DSHOW -> FfmpegDevices.list(Capture.DSHOW.inputFormat());
      case AVFOUNDATION -> List.of();
    };
  }

  /** Where FFmpeg finds camera {@code webcam}; quick when there is none. */
  static MediaAddress address(WebcamSpec webcam, SourceRequest request) throws SourceException {
    Capture capture = Capture.ofThisSystem();
    String url =
        switch (capture) {
          case V4L2 -> linuxDevice(webcam, DEV, SYS);
          case DSHOW -> "video=" + listed(webcam).device();
          case AVFOUNDATION -> webcam.index() + ":none";
        };
    return new MediaAddress(
        url,
        webcam.label(),
        capture.inputFormat(),
        options(capture, request),
        MediaAddress.Kind.CAMERA);
  }

  private static Map<String, String> options(Capture capture, SourceRequest request) {
    Map<String, String> options = new HashMap<>();
    if (!request.ownSize()) {
      options.put("video_size", request.width() + "x" + request.height());
    }
    if (!Double.isNaN(request.fps())) {
      options.put("framerate", Double.toString(request.fps()));
    } else if (capture == Capture.AVFOUNDATION) {
      // Its default of 29.97 is refused by cameras that offer exactly 30.
      options.put("framerate", "30");
    }
    if (capture == Capture.DSHOW) {
      // The default of 3 MB holds less than two full-HD pictures.
      options.put("rtbufsize", "128M");
    }
    return options;
  }

  /** The device file, which may exist without a name in /sys, as in a container. */
  static String linuxDevice(WebcamSpec webcam, Path dev, Path sys) throws SourceException {
    Path device = dev.resolve("video" + webcam.index());
    if (!Files.exists(device)) {
      throw missing(webcam, read(() -> LinuxCameras.list(sys, dev)));
    }
    if (!Files.isReadable(device) || !Files.isWritable(device)) {
      throw new SourceException(
          webcam.label()
              + ": this user may not use "
              + device
              + "; add the user to the group video and log in again");
    }
    return device.toString();
  }

  private static Camera listed(WebcamSpec webcam) throws SourceException {
    List<Camera> cameras = read(Cameras::list);
    return cameras.stream()
        .filter(camera -> camera.source().equals(webcam.label()))
        .findFirst()
        .orElseThrow(() -> missing(webcam, cameras));
  }

  private interface Listing {
    List<Camera> read() throws IOException;
  }

  private static List<Camera> read(Listing listing) throws SourceException {
    try {
      return listing.read();
    } catch (IOException e) {
      throw new SourceException("the cameras cannot be listed: " + e.getMessage(), e);
    }
  }

  private static SourceException missing(WebcamSpec webcam, List<Camera> cameras) {
    String there =
        cameras.isEmpty()
            ? "no camera was found; connect one, or use synthetic:fringes"
            : "there is "
                + cameras.stream()
                    .map(camera -> camera.source() + " (" + camera.name() + ")")
                    .collect(Collectors.joining(", "));
    return new SourceException("no camera " + webcam.label() + "; " + there);
  }
}
