package org.frameline.analysis.video;

/**
 * What a video looks like.
 *
 * @param width of the pictures, in pixels
 * @param height of the pictures
 * @param colour whether samples are red, green, blue; else grey
 * @param rate frames/s
 */
public record VideoFormat(int width, int height, boolean colour, double rate) {
  // Chroma has half the size; OpenH264 takes nothing smaller than a block.
  private static final int SMALLEST = 16;
  private static final int LARGEST = 16_384;
  private static final int BLOCK = 16;
  private static final long MOST_H264_PIXELS = 9_437_184;

  /** How pictures are coded. */
  public enum Codec {
    /** Everything plays it; up to {@value #MOST_H264_PIXELS} pixels. */
    H264("H.264"),
    /** For larger pictures; browsers, VLC and ffmpeg play it. */
    VP9("VP9");

    private final String title;

    Codec(String title) {
      this.title = title;
    }

    /** For people. */
    public String title() {
      return title;
    }
  }

  public VideoFormat {
    if (width < 1 || height < 1 || width > LARGEST || height > LARGEST) {
      throw new IllegalArgumentException(
          "expected pictures of 1 to " + LARGEST + " pixels a side, found " + width + "x" + height);
    }
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("expected frames/s above 0, found " + rate);
    }
  }

  /** Even: an odd width gets one more column, equal to the last. */
  public int codedWidth() {
    return Math.max(SMALLEST, width + width % 2);
  }

  /** Even: an odd height gets one more row, equal to the last. */
  public int codedHeight() {
    return Math.max(SMALLEST, height + height % 2);
  }

  /** H.264, unless pictures are too large for it. */
  public Codec codec() {
    long coded = (long) inBlocks(codedWidth()) * inBlocks(codedHeight());
    return coded <= MOST_H264_PIXELS ? Codec.H264 : Codec.VP9;
  }

  private static int inBlocks(int length) {
    return (length + BLOCK - 1) / BLOCK * BLOCK;
  }
}
