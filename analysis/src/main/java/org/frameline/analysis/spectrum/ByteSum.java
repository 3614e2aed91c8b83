package org.frameline.analysis.spectrum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Sums of unsigned bytes. Stateless. */
final class ByteSum {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Of eight bytes, every second, which leaves room above each for a sum of two. */
  private static final long EVERY_SECOND = 0x00ff00ff00ff00ffL;

  /** A product with this has the sum of four such numbers in its uppermost 16 bits. */
  private static final long SUM_OF_FOUR = 0x0001000100010001L;

  private ByteSum() {}

  /** Of all, eight at a time. */
  static long of(byte[] bytes) {
    int whole = bytes.length / Long.BYTES * Long.BYTES;
    long sum = 0;
    for (int i = 0; i < whole; i += Long.BYTES) {
      long eight = (long) LONGS.get(bytes, i);
      long four = (eight & EVERY_SECOND) + ((eight >>> Byte.SIZE) & EVERY_SECOND);
      sum += (four * SUM_OF_FOUR) >>> (3 * Short.SIZE);
    }
    for (int i = whole; i < bytes.length; i++) {
      sum += bytes[i] & 0xff;
    }
    return sum;
  }

  /** Of one in so many. */
  static long of(byte[] bytes, int first, int step) {
    long sum = 0;
    for (int i = first; i < bytes.length; i += step) {
      sum += bytes[i] & 0xff;
    }
    return sum;
  }
}
