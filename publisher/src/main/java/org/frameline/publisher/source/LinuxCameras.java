package org.frameline.publisher.source;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cameras by what the kernel says under /sys/class/video4linux: {@code videoN/name} is the name,
 * {@code videoN/index} counts the nodes of one camera, of which only the first delivers pictures
 * and the others metadata. See docs.kernel.org, "sysfs-class-video4linux". No state.
 */
final class LinuxCameras {

  private static final String PREFIX = "video";

  private LinuxCameras() {}

  /** Cameras with a device file in {@code dev}, by number; empty when the kernel knows none. */
  static List<Camera> list(Path sys, Path dev) throws IOException {
    SortedMap<Integer, Camera> cameras = new TreeMap<>();
    if (!Files.isDirectory(sys)) {
      return List.of();
    }
    try (DirectoryStream<Path> nodes = Files.newDirectoryStream(sys, PREFIX + "[0-9]*")) {
      for (Path node : nodes) {
        Path device = dev.resolve(node.getFileName().toString());
        if (Files.exists(device) && firstLine(node.resolve("index"), "0").equals("0")) {
          int number = Integer.parseInt(node.getFileName().toString().substring(PREFIX.length()));
          cameras.put(
              number,
              new Camera(
                  WebcamSpec.label(number),
                  firstLine(node.resolve("name"), "camera"),
                  device.toString()));
        }
      }
    }
    return List.copyOf(cameras.values());
  }

  private static String firstLine(Path file, String otherwise) throws IOException {
    return Files.exists(file) ? Files.readString(file).strip() : otherwise;
  }
}
