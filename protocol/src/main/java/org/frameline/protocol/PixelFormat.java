package org.frameline.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Pixel formats on the wire, under their names in the GenICam Pixel Format Naming Convention (PFNC
 * 2.4). RGB8 is interleaved, {@code [H,W,3]}; the mono formats are {@code [H,W]}.
 */
public enum PixelFormat {
  RGB8("RGB8", ElementType.UINT8, 3),
  MONO8("Mono8", ElementType.UINT8, 1),
  MONO16("Mono16", ElementType.UINT16, 1);

  private final String pfncName;
  private final ElementType elementType;
  private final int channels;

  PixelFormat(String pfncName, ElementType elementType, int channels) {
    this.pfncName = pfncName;
    this.elementType = elementType;
    this.channels = channels;
  }

  public String pfncName() {
    return pfncName;
  }

  public ElementType elementType() {
    return elementType;
  }

  public int channels() {
    return channels;
  }

  public int bytesPerPixel() {
    return channels * elementType.bytes();
  }

  /** Shape of one frame of this format, {@code [H,W,3]} or {@code [H,W]}. */
  public List<Integer> shape(int height, int width) {
    return channels == 1 ? List.of(height, width) : List.of(height, width, channels);
  }

  /**
   * Finds a format by its PFNC name.
   *
   * @throws IllegalArgumentException naming the formats there are
   */
  public static PixelFormat ofPfncName(String name) {
    for (PixelFormat format : values()) {
      if (format.pfncName.equals(name)) {
        return format;
      }
    }
    throw new IllegalArgumentException("expected one of " + names() + ", found \"" + name + "\"");
  }

  private static String names() {
    return Arrays.stream(values()).map(PixelFormat::pfncName).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return pfncName;
  }
}
