/** Frames and spectra as pictures; knows neither sockets nor files. */
package org.frameline.analysis.picture;
