package org.frameline.publisher.source;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Two-beam interference fringes of constant contrast. With W, H the size in pixels, the value of
 * pixel (x, y) of channel c in frame n is
 *
 * <pre>
 *   mean + amplitude[c] cos(2 pi (cyclesX x / W + cyclesY y / H + n step + phase[c]))
 * </pre>
 *
 * rounded to the nearest integer. The cycles per picture are integers, so that the spectrum of a
 * frame has its peak in one bin, [cyclesY, cyclesX] of {@code numpy.fft.rfft2}. The header carries
 * {@code fringe_cycles_x}, {@code fringe_cycles_y} and {@code fringe_cycles_per_frame} (step). One
 * thread.
 */
final class Fringes implements SyntheticSource.Picture {

  private static final int CYCLES_X = 20;
  private static final int CYCLES_Y = 8;
  private static final int SMALLEST_PERIOD_PX = 4;
  private static final int FRAMES_PER_CYCLE = 64;
  // Amplitude over half the range, and phase in cycles: the colours of a three-wavelength set-up.
  private static final double[] AMPLITUDE = {1, 0.8, 0.6};
  private static final double[] PHASE = {0, 1 / 3.0, 2 / 3.0};

  private final SyntheticSource.Raster raster;
  private final int cyclesX;
  private final int cyclesY;
  // Phase is counted in steps of 1/phases of a cycle; phases is a multiple of the height, so that
  // every row of every frame is one of the rows in templates.
  private final int phases;
  private final int phasesPerRow;
  private final int phasesPerFrame;
  private final byte[] templates;
  private int framePhase;

  Fringes(SyntheticSource.Raster raster) {
    this.raster = raster;
    cyclesX = Math.min(CYCLES_X, raster.width() / SMALLEST_PERIOD_PX);
    cyclesY = Math.min(CYCLES_Y, raster.height() / SMALLEST_PERIOD_PX);
    int multiple = (FRAMES_PER_CYCLE + raster.height() - 1) / raster.height();
    phases = raster.height() * multiple;
    phasesPerRow = cyclesY * multiple;
    phasesPerFrame = phases / FRAMES_PER_CYCLE;
    templates = new byte[Math.multiplyExact(phases, raster.rowBytes())];
    for (int c = 0; c < raster.format().channels(); c++) {
      fillChannel(c);
    }
  }

  private void fillChannel(int channel) {
    int width = raster.width();
    double[] cosX = new double[width];
    double[] sinX = new double[width];
    for (int x = 0; x < width; x++) {
      double angle = 2 * Math.PI * ((double) cyclesX * x / width + PHASE[channel]);
      cosX[x] = Math.cos(angle);
      sinX[x] = Math.sin(angle);
    }
    boolean wide = raster.format().elementType().bytes() == 2;
    double mean = raster.format().highestValue() / 2.0;
    int pixel = raster.format().bytesPerPixel();
    for (int phase = 0; phase < phases; phase++) {
      // cos(a + b) = cos a cos b - sin a sin b spares a cosine per pixel.
      double cosPhase = mean * AMPLITUDE[channel] * Math.cos(2 * Math.PI * phase / phases);
      double sinPhase = mean * AMPLITUDE[channel] * Math.sin(2 * Math.PI * phase / phases);
      int row = phase * raster.rowBytes() + channel;
      for (int x = 0; x < width; x++) {
        long value = Math.round(mean + cosX[x] * cosPhase - sinX[x] * sinPhase);
        templates[row + x * pixel] = (byte) value;
        if (wide) {
          templates[row + x * pixel + 1] = (byte) (value >> 8);
        }
      }
    }
  }

  @Override
  public void advanceTo(long n) {
    framePhase = (int) (n % phases * phasesPerFrame % phases);
  }

  @Override
  public void draw(ByteBuffer destination, int position) {
    int rowBytes = raster.rowBytes();
    int phase = framePhase;
    for (int y = 0; y < raster.height(); y++) {
      destination.put(position + y * rowBytes, templates, phase * rowBytes, rowBytes);
      phase = (phase + phasesPerRow) % phases;
    }
  }

  @Override
  public Map<String, Object> constants() {
    return Map.of(
        "fringe_cycles_x", (double) cyclesX,
        "fringe_cycles_y", (double) cyclesY,
        "fringe_cycles_per_frame", (double) phasesPerFrame / phases);
  }
}
