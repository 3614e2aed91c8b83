/**
 * The file: NeXus recordings in HDF5, written while frames arrive and readable at any moment. The
 * truth is docs/recording-format.md. Knows nothing of sockets; the only home of jhdf.
 */
package org.frameline.recording;
