/**
 * What is in a file: headers, datasets, rows and texts, read without believing anything that was
 * not checked, also from a file that was cut short or is being written. Its own reader rather than
 * a library's, because every error has to know its place. May use {@code hdf5}.
 */
package org.frameline.recording.stored;
