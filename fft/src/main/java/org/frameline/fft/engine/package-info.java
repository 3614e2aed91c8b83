/**
 * The engines there are, each in a package of its own below this one, and the one list of them. An
 * engine's library is used in its package and nowhere else.
 */
package org.frameline.fft.engine;
