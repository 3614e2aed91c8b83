/**
 * The 2-D spectrum of real planes and camera frames: formats, outputs, and what an engine has to
 * be. Pure logic without sockets and threads. Which engines there are is known in {@code engine}
 * alone.
 */
package org.frameline.fft;
