/**
 * The structures of the HDF5 File Format Specification 3.0, as bytes: superblock, object headers
 * and their messages, datatypes, chunk indexes, heaps of texts, checksums. Opens no file and has no
 * threads. May use the vocabulary in {@code recording}, and of jhdf the checksum of metadata.
 */
package org.frameline.recording.hdf5;
