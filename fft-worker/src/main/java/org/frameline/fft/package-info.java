/**
 * The 2-D spectrum of camera frames: formats, engines and the transform itself. Pure logic without
 * sockets; the FFT library is used here and nowhere else.
 */
package org.frameline.fft;
