package org.frameline.publisher.source;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;

/**
 * Bright Gaussian spots in Brownian motion on a dark, noisy background, as colloids look in a
 * fluorescence microscope. Per frame and axis each spot moves by a normal deviate of standard
 * deviation {@link #STEP_PX}, so the mean squared displacement after k frames is {@code 2 k
 * STEP_PX^2}; what leaves at one side comes in at the other. Seeded: frame n is the same in every
 * run. The header carries {@code particle_count}, {@code particle_step_px} and {@code
 * particle_sigma_px}. One thread.
 */
final class Particles implements SyntheticSource.Picture {

  static final double STEP_PX = 1.0;
  private static final double SIGMA_PX = 2.5;
  private static final int RADIUS_PX = 8;
  private static final int AREA_PER_PARTICLE_PX = 6000;
  private static final long SEED = 20_261_120L;

  // Grey values out of 255: the background's mean and noise, the spots' height, and the standard
  // deviation of the shot noise over the square root of the intensity.
  private static final double WHITE = 255;
  private static final double BACKGROUND = 20;
  private static final double BACKGROUND_NOISE = 3;
  private static final double PEAK = 200;
  private static final double SHOT_NOISE = 0.5;
  private static final double[] TINT = {0.35, 1.0, 0.45};

  private static final int DEVIATES = 4096;

  private final SyntheticSource.Raster raster;
  // What a grey value out of 255 is in this format.
  private final double scale;
  private final Random random = new Random(SEED);
  private final float[] deviates = new float[DEVIATES];
  // One row of background, longer than the picture: each row of each frame is a random piece.
  private final byte[] background;
  private final double[] x;
  private final double[] y;
  private final double[] profile = new double[2 * RADIUS_PX + 1];
  private long frame;
  private int nextDeviate;

  Particles(SyntheticSource.Raster raster) {
    this.raster = raster;
    scale = raster.format().highestValue() / WHITE;
    for (int i = 0; i < DEVIATES; i++) {
      deviates[i] = (float) random.nextGaussian();
    }
    background = new byte[(raster.width() + DEVIATES) * raster.format().bytesPerPixel()];
    fillBackground();
    long area = (long) raster.width() * raster.height();
    int count = (int) Math.max(1, Math.min(2000, area / AREA_PER_PARTICLE_PX));
    x = new double[count];
    y = new double[count];
    for (int i = 0; i < count; i++) {
      x[i] = random.nextDouble() * raster.width();
      y[i] = random.nextDouble() * raster.height();
    }
  }

  private void fillBackground() {
    ByteBuffer row = ByteBuffer.wrap(background);
    int elementBytes = raster.format().elementType().bytes();
    for (int i = 0; i < background.length; i += elementBytes) {
      addElement(row, i, Math.max(0, BACKGROUND + BACKGROUND_NOISE * random.nextGaussian()));
    }
  }

  @Override
  public void advanceTo(long n) {
    for (; frame < n; frame++) {
      for (int i = 0; i < x.length; i++) {
        x[i] += STEP_PX * random.nextGaussian();
        y[i] += STEP_PX * random.nextGaussian();
      }
    }
  }

  @Override
  public void draw(ByteBuffer destination, int position) {
    int rowBytes = raster.rowBytes();
    int pixel = raster.format().bytesPerPixel();
    for (int row = 0; row < raster.height(); row++) {
      int start = (int) (Noise.mix(frame * raster.height() + row) & (DEVIATES - 1));
      destination.put(position + row * rowBytes, background, start * pixel, rowBytes);
    }
    nextDeviate = (int) (Noise.mix(frame) & (DEVIATES - 1));
    for (int i = 0; i < x.length; i++) {
      drawSpot(
          destination, position, wrapped(x[i], raster.width()), wrapped(y[i], raster.height()));
    }
  }

  private static double wrapped(double value, int size) {
    return value - size * Math.floor(value / size);
  }

  private void drawSpot(ByteBuffer destination, int position, double centreX, double centreY) {
    int left = (int) centreX - RADIUS_PX;
    for (int i = 0; i < profile.length; i++) {
      profile[i] = gauss(left + i - centreX);
    }
    int firstX = Math.max(0, left);
    int endX = Math.min(raster.width(), left + profile.length);
    int firstY = Math.max(0, (int) centreY - RADIUS_PX);
    int endY = Math.min(raster.height(), (int) centreY + RADIUS_PX + 1);
    for (int row = firstY; row < endY; row++) {
      double height = PEAK * gauss(row - centreY);
      int offset = position + row * raster.rowBytes();
      for (int column = firstX; column < endX; column++) {
        double mean = height * profile[column - left];
        nextDeviate = (nextDeviate + 1) & (DEVIATES - 1);
        double grey = mean + SHOT_NOISE * Math.sqrt(mean) * deviates[nextDeviate];
        addLight(destination, offset + column * raster.format().bytesPerPixel(), grey);
      }
    }
  }

  private static double gauss(double distancePx) {
    return Math.exp(-distancePx * distancePx / (2 * SIGMA_PX * SIGMA_PX));
  }

  private void addLight(ByteBuffer destination, int at, double grey) {
    int channels = raster.format().channels();
    int elementBytes = raster.format().elementType().bytes();
    for (int c = 0; c < channels; c++) {
      addElement(destination, at + c * elementBytes, channels == 1 ? grey : TINT[c] * grey);
    }
  }

  private void addElement(ByteBuffer destination, int at, double grey) {
    boolean wide = raster.format().elementType().bytes() == Short.BYTES;
    int old = destination.get(at) & 0xff;
    if (wide) {
      old |= (destination.get(at + 1) & 0xff) << Byte.SIZE;
    }
    int value = old + (int) Math.round(scale * grey);
    value = Math.max(0, Math.min(raster.format().highestValue(), value));
    destination.put(at, (byte) value);
    if (wide) {
      destination.put(at + 1, (byte) (value >> Byte.SIZE));
    }
  }

  @Override
  public Map<String, Object> constants() {
    return Map.of(
        "particle_count", x.length,
        "particle_step_px", STEP_PX,
        "particle_sigma_px", SIGMA_PX);
  }
}
