package org.frameline.fft;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * {@code log(1+x)} of a whole row in single precision, relative error below 1e-7 for x from 0 to
 * 1e30. Owns its work arrays; not thread-safe.
 *
 * <p>The sum s = 1+x is split into {@code m * 2^e} with m in [sqrt(1/2), sqrt(2)), and log(m) is
 * the polynomial of Cephes {@code logf} (S. L. Moshier, netlib.org/cephes, single/logf.c). What 1+x
 * rounded away is put back as {@code (x - (s-1)) / s} (GNU Scientific Library, sys/log1p.c).
 *
 * <p>Java 17 vectorises neither floatToRawIntBits nor the conversion of int to float. So floats
 * become ints by a copy through a buffer, and an exponent becomes a float by adding it to the bits
 * of 1.5*2^23; then every loop is plain arithmetic on arrays, which is vectorised.
 */
public final class Log1p32 {
  private static final int SQRT_HALF_BITS = 0x3f3504f3;
  private static final float EXPONENT_BIAS = 12582912f;
  private static final int EXPONENT_BIAS_BITS = 0x4b400000;

  /** ln 2 in two parts, the first with so few bits that its product with an exponent is exact. */
  private static final float LN2_HIGH = 0.6933594f;

  private static final float LN2_LOW = -2.1219444e-4f;

  private final int length;
  private final FloatBuffer asFloats;
  private final IntBuffer asInts;
  private final int[] bits;
  private final int[] exponentBits;
  private final float[] mantissas;
  private final float[] exponents;
  private final float[] corrections;

  /** For rows of so many numbers. */
  public Log1p32(int length) {
    this.length = length;
    ByteBuffer memory = ByteBuffer.allocateDirect(4 * length).order(ByteOrder.nativeOrder());
    asFloats = memory.asFloatBuffer();
    asInts = memory.asIntBuffer();
    bits = new int[length];
    exponentBits = new int[length];
    mantissas = new float[length];
    exponents = new float[length];
    corrections = new float[length];
  }

  /** Replaces each of the row's numbers, which are at least 0, by its log1p. */
  public void apply(float[] row) {
    addOne(row, mantissas, corrections, length);
    asFloats.put(0, mantissas);
    asInts.get(0, bits);
    split(bits, exponentBits, length);
    asInts.put(0, bits);
    asFloats.get(0, mantissas);
    asInts.put(0, exponentBits);
    asFloats.get(0, exponents);
    polynomials(mantissas, row, length);
    sums(mantissas, exponents, corrections, row, length);
  }

  // Short loops on purpose: one loop over everything is too long for the compiler to vectorise.

  private static void addOne(float[] row, float[] sums, float[] corrections, int length) {
    for (int i = 0; i < length; i++) {
      float x = row[i];
      float sum = 1 + x;
      sums[i] = sum;
      corrections[i] = (x - (sum - 1)) / sum;
    }
  }

  private static void split(int[] bits, int[] exponentBits, int length) {
    for (int i = 0; i < length; i++) {
      int exponent = (bits[i] - SQRT_HALF_BITS) >> 23;
      bits[i] -= exponent << 23;
      exponentBits[i] = EXPONENT_BIAS_BITS + exponent;
    }
  }

  /** log(1+f) = f - f^2/2 + f^3 P(f); this is P, for 1+f in [sqrt(1/2), sqrt(2)). */
  private static void polynomials(float[] mantissas, float[] values, int length) {
    for (int i = 0; i < length; i++) {
      float f = mantissas[i] - 1;
      float value = 0.070376836f;
      value = value * f - 0.1151461f;
      value = value * f + 0.116769984f;
      value = value * f - 0.12420141f;
      value = value * f + 0.14249323f;
      value = value * f - 0.16668057f;
      value = value * f + 0.20000714f;
      value = value * f - 0.24999994f;
      values[i] = value * f + 0.3333333f;
    }
  }

  /** Adds up the smallest parts first; {@code row} holds the polynomials. */
  private static void sums(
      float[] mantissas, float[] exponents, float[] corrections, float[] row, int length) {
    for (int i = 0; i < length; i++) {
      float f = mantissas[i] - 1;
      float exponent = exponents[i] - EXPONENT_BIAS;
      float small = (row[i] * f - 0.5f) * f * f + exponent * LN2_LOW + corrections[i];
      row[i] = small + f + exponent * LN2_HIGH;
    }
  }
}
