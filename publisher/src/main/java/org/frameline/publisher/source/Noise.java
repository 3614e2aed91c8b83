package org.frameline.publisher.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Uniform noise over the whole range of the format. Eight bytes at a time are a SplitMix64 hash of
 * (seed, frame number, place), so that frame n is the same in every run, and frames and pixels are
 * independent. One thread.
 */
final class Noise implements SyntheticSource.Picture {

  private static final VarHandle LONG_LE =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SEED = 0x6672616d656c696eL;
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final int frameBytes;
  // Bits that carry a value, in eight bytes.
  private final long significant;
  private long frameSeed;

  Noise(SyntheticSource.Raster raster) {
    frameBytes = raster.frameBytes();
    int elementBits = Byte.SIZE * raster.format().elementType().bytes();
    long bits = 0;
    for (int at = 0; at < Long.SIZE; at += elementBits) {
      bits |= (long) raster.format().highestValue() << at;
    }
    significant = bits;
  }

  /** The output function of SplitMix64 (Steele, Lea, Flood 2014; variant 13 of Stafford). */
  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  @Override
  public void advanceTo(long n) {
    frameSeed = mix(SEED + mix(n));
  }

  @Override
  public void draw(ByteBuffer destination, int position) {
    long state = frameSeed;
    int whole = frameBytes & ~7;
    for (int i = 0; i < whole; i += 8) {
      state += GOLDEN_GAMMA;
      LONG_LE.set(destination, position + i, mix(state) & significant);
    }
    long last = mix(state + GOLDEN_GAMMA) & significant;
    for (int i = whole; i < frameBytes; i++) {
      destination.put(position + i, (byte) (last >>> (8 * (i - whole))));
    }
  }

  @Override
  public Map<String, Object> constants() {
    return Map.of();
  }
}
