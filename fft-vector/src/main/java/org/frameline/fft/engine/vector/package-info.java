/**
 * The engine in plain Java with the loops of its transforms written in vectors, by {@code
 * jdk.incubator.vector}: a butterfly of radix 5 has its ten numbers in registers, where the plain
 * one goes over them eight times. From Java 25 on, pixels are loaded, and rows taken apart and
 * turned, in registers also. What is not here is the plain engine's.
 *
 * <p>The module {@code jdk.incubator.vector} is used here and nowhere else. Of it, this uses what
 * Java 17 compiles without making objects: loads, stores, arithmetic, and exchanges within a vector
 * by constants. Single and double precision are the same text but for the type of the numbers; only
 * pixels are loaded so in single precision alone.
 */
package org.frameline.fft.engine.vector;
