package org.frameline.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Pixel formats on the wire, under their names in the GenICam Pixel Format Naming Convention (PFNC
 * 2.4). RGB8 is interleaved, {@code [H,W,3]}; the mono formats are {@code [H,W]}. Whoever handles
 * frames asks for what it needs to know, so that a new format is a constant here and nothing else;
 * who cannot handle one refuses it by name.
 */
public enum PixelFormat {
  RGB8("RGB8", ElementType.UINT8, 3, 8, ColourFilter.NONE),
  MONO8("Mono8", ElementType.UINT8, 1, 8, ColourFilter.NONE),
  MONO16("Mono16", ElementType.UINT16, 1, 16, ColourFilter.NONE);

  private final String pfncName;
  private final ElementType elementType;
  private final int channels;
  private final int significantBits;
  private final ColourFilter colourFilter;

  /**
   * A format.
   *
   * @param channels values per pixel
   * @param significantBits how many bits of an element carry the value, the lowest ones; those
   *     above are 0
   */
  PixelFormat(
      String pfncName,
      ElementType elementType,
      int channels,
      int significantBits,
      ColourFilter colourFilter) {
    this.pfncName = pfncName;
    this.elementType = elementType;
    this.channels = channels;
    this.significantBits = significantBits;
    this.colourFilter = colourFilter;
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

  /** How many bits of an element carry the value, the lowest ones. */
  public int significantBits() {
    return significantBits;
  }

  /** The highest value of an element: 255 for 8 bits. */
  public int highestValue() {
    return (1 << significantBits) - 1;
  }

  /** What each pixel sees of the colours. */
  public ColourFilter colourFilter() {
    return colourFilter;
  }

  /** Shape of one frame of this format, {@code [H,W,3]} or {@code [H,W]}. */
  public FrameShape shape(int height, int width) {
    return FrameShape.of(height, width, channels);
  }

  /**
   * Finds a format by its PFNC name.
   *
   * @throws IllegalArgumentException naming the formats there are
   */
  public static PixelFormat ofPfncName(String name) {
    return named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of "
                        + String.join(", ", pfncNames())
                        + ", found \""
                        + name
                        + "\""));
  }

  private static Optional<PixelFormat> named(String name) {
    return Arrays.stream(values()).filter(format -> format.pfncName.equals(name)).findFirst();
  }

  /** The PFNC names of all formats. */
  public static List<String> pfncNames() {
    return Arrays.stream(values()).map(PixelFormat::pfncName).toList();
  }

  /**
   * The format that frames have. Shape and type say it, except for formats that keep fewer bits in
   * the same type, or see colours through a filter: these are known by their name alone.
   *
   * @param name what the frames' header or recording calls it, null where nobody says; a name that
   *     does not fit the frames is not believed
   * @return empty where no format has such frames
   */
  public static Optional<PixelFormat> of(FrameShape shape, ElementType type, String name) {
    return named(name)
        .filter(format -> format.fits(shape, type))
        .or(
            () ->
                Arrays.stream(values())
                    .filter(format -> format.fits(shape, type) && format.isPlain())
                    .findFirst());
  }

  private boolean fits(FrameShape shape, ElementType type) {
    return channels == shape.channels() && elementType == type;
  }

  /** Whether shape and type say all there is to know. */
  private boolean isPlain() {
    return significantBits == Byte.SIZE * elementType.bytes() && colourFilter == ColourFilter.NONE;
  }

  @Override
  public String toString() {
    return pfncName;
  }
}
