package org.frameline.fft.engine.plain;

/**
 * One loop over the lanes of two lines of complex numbers x and y, in place. Immutable.
 *
 * <p>All arithmetic of the engine is in such loops, and their shape is chosen for C2, the compiler
 * of the JVM, which turns each into vector instructions without any flag, on Java 17 and later:
 *
 * <ul>
 *   <li>At most four arrays, all with the same index and nothing added to it. A butterfly of radix
 *       4, with eight arrays, stays scalar.
 *   <li>No number is multiplied twice in an iteration. The compiler packs the operations on a
 *       number and on its neighbour by their kind, and gives up where there are two to choose from.
 *       So a product of complex numbers has three multiplications ({@link Turn64}) instead of four.
 *   <li>No {@code Math.fma}, which takes microseconds where the processor has no such instruction.
 *   <li>One loop to a compiled method. When several are inlined into one, only the first of them
 *       are vectorised. A call that has met more than two kinds of receivers is not inlined;
 *       therefore kernels are objects, and {@link #on} is the one place from which they are called.
 * </ul>
 */
abstract class Kernel64 {

  /** Runs the loop over lines x and y of a block; v and w are the numbers of factors. */
  final void on(Lines64 lines, int x, int y, double[] turns, int v, int w) {
    on(lines.re[x], lines.im[x], lines.re[y], lines.im[y], turns, v, w, lines.lanes);
  }

  /** Runs the loop over any four arrays. */
  final void on(
      double[] xr, double[] xi, double[] yr, double[] yi, double[] turns, int v, int w, int n) {
    run(xr, xi, yr, yi, turns, Turn64.SIZE * v, Turn64.SIZE * w, n);
  }

  /**
   * The loop.
   *
   * @param xr real parts of x
   * @param xi imaginary parts of x
   * @param yr real parts of y
   * @param yi imaginary parts of y
   * @param turns factors, see {@link Turn64}; not used by all
   * @param v where the factor of x begins
   * @param w where the factor of y, or the only one, begins
   * @param n number of lanes
   */
  protected abstract void run(
      double[] xr, double[] xi, double[] yr, double[] yi, double[] turns, int v, int w, int n);
}
