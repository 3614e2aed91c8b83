/**
 * The engine in plain Java with the loops of its transforms written in vectors, by {@code
 * jdk.incubator.vector}: a butterfly of radix 5 has its ten numbers in registers, where the plain
 * one goes over them eight times. What is not here is the plain engine's.
 *
 * <p>The module {@code jdk.incubator.vector} is used here and nowhere else. Of it, this uses what
 * Java 17 compiles without making objects: loads, stores, sums and products. Single and double
 * precision are the same text but for the type of the numbers.
 */
package org.frameline.fft.engine.vector;
