/** Power spectra of recordings, offline: what is computed, and the file and pictures of it. */
package org.frameline.analysis.spectrum;
