/**
 * The file: NeXus recordings in HDF5, written while frames arrive and readable at any moment. The
 * truth is docs/recording-format.md. Knows nothing of sockets.
 *
 * <p>This package is the vocabulary that all others here share: what is recorded, where and how,
 * and the names in a file. It uses none of them. {@code output} is where programs send frames,
 * {@code write} records them, {@code images} reads them, {@code check} tells what is in a file and
 * whether it is sound, {@code copy} makes one recording of others; below them are {@code stored}
 * and {@code hdf5}, which nobody else may use.
 */
package org.frameline.recording;
