/**
 * The engine in plain Java, without a library: real two-dimensional transforms of any height and
 * width, written so that the compiler of the JVM turns its loops into vector instructions.
 *
 * <p>A frame goes through in this order, channel by channel, and single and double precision alike
 * ({@code ..32} and {@code ..64} are the same text but for the type of the numbers):
 *
 * <ol>
 *   <li>A {@code RowSource} puts rows of pixels into the lanes of a tile: rows 2m and 2m+1 of the
 *       plane become real and imaginary part of lane m.
 *   <li>{@code RowPass} transforms the tile, along x in all lanes at once; {@code RowPairs} takes
 *       the two rows of a lane apart, and transposes them into the half spectrum.
 *   <li>{@code HalfSpectrum} transforms that along y, lanes now being the bins of a row.
 *   <li>Whoever asked gets the rows: {@code SpectrumWriter} as bytes of a result, {@code
 *       PlainPower} as their squares, or, with real and imaginary parts woven together, a caller
 *       who asked for a plane.
 * </ol>
 *
 * <p>A block of {@code Lines} is transformed by {@code LineFft}, in place, and the results are
 * looked up where they came to lie. All arithmetic is in {@code Kernel}s.
 */
package org.frameline.fft.engine.plain;
