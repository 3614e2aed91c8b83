package org.frameline.fft.engine.plain;

import java.util.ArrayList;
import java.util.List;

/**
 * How a transform of n numbers is decimated in frequency: into the radices, and in which places the
 * results lie, since the transform works in place. Immutable.
 *
 * <p>Decimation in frequency: Press et al., Numerical Recipes, 3rd ed., section 12.2.2; mixed
 * radices: R. C. Singleton, "An algorithm for computing the mixed radix fast Fourier transform",
 * IEEE Trans. Audio Electroacoust. 17 (1969) 93.
 */
final class Decimation {
  private final int length;
  private final int[] radices;

  private Decimation(int length, int[] radices) {
    this.length = length;
    this.radices = radices;
  }

  /** Of n numbers, n at least 1: large primes first, then 5, 3, as many 4 as there are, and 2. */
  static Decimation of(int length) {
    List<Integer> primes = new ArrayList<>();
    int rest = length;
    for (int prime = 2; (long) prime * prime <= rest; prime++) {
      for (; rest % prime == 0; rest /= prime) {
        primes.add(0, prime);
      }
    }
    if (rest > 1) {
      primes.add(0, rest);
    }
    int twos = (int) primes.stream().filter(prime -> prime == 2).count();
    primes.removeIf(prime -> prime == 2);
    for (int i = 0; i < twos / 2; i++) {
      primes.add(4);
    }
    if (twos % 2 == 1) {
      primes.add(2);
    }
    return new Decimation(length, primes.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The least length made of 2, 3 and 5 that is at least so large. */
  static int smoothLength(int least) {
    int length = least;
    while (!isSmooth(length)) {
      length++;
    }
    return length;
  }

  private static boolean isSmooth(int length) {
    int rest = length;
    for (int prime : new int[] {2, 3, 5}) {
      while (rest % prime == 0) {
        rest /= prime;
      }
    }
    return rest == 1;
  }

  int length() {
    return length;
  }

  /** The number of levels, 0 for a length of 1. */
  int levels() {
    return radices.length;
  }

  /** Into how many parts the numbers are decimated on a level. */
  int radix(int level) {
    return radices[level];
  }

  /** {@code [n]}: in which place each result lies at the end. */
  int[] places() {
    int[] places = new int[length];
    fill(places, 0, 0, length, 0, 1);
    return places;
  }

  private void fill(int[] places, int level, int first, int count, int result, int step) {
    if (level == radices.length) {
      places[result] = first;
      return;
    }
    int radix = radices[level];
    int part = count / radix;
    for (int i = 0; i < radix; i++) {
      int digit = digit(radix, i);
      fill(places, level + 1, first + i * part, part, result + digit * step, step * radix);
    }
  }

  /** Which of the radix' results its butterfly leaves in a place: radix 4 is two times radix 2. */
  private static int digit(int radix, int place) {
    boolean inner = radix == 4 && (place == 1 || place == 2);
    return inner ? 3 - place : place;
  }
}
