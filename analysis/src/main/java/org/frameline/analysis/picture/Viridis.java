package org.frameline.analysis.picture;

/**
 * The colours of matplotlib's viridis, linear between eleven of its entries: dark to bright for
 * every kind of eye. Without state.
 */
public final class Viridis {
  private static final int[] STOPS = {
    0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151,
    0xbddf26, 0xfde725
  };

  private Viridis() {}

  /**
   * A colour as 0xRRGGBB.
   *
   * @param fraction 0 for the darkest to 1 for the brightest; beyond, the nearest of them
   */
  public static int rgb(double fraction) {
    double place = Math.min(1, Math.max(0, fraction)) * (STOPS.length - 1);
    int stop = Math.min(STOPS.length - 2, (int) place);
    double weight = place - stop;
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = STOPS[stop] >> shift & 0xff;
      int to = STOPS[stop + 1] >> shift & 0xff;
      rgb |= (int) Math.round(from + weight * (to - from)) << shift;
    }
    return rgb;
  }
}
