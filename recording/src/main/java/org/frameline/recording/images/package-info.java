/**
 * Frames of recordings and of files that others wrote, decompressed, by jhdf, whose only home this
 * is. May use {@code stored}, for files that were cut short, and {@code hdf5}, for checksums.
 */
package org.frameline.recording.images;
