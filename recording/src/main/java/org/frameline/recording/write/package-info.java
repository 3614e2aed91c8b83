/**
 * Writes recordings: frames, rows and checkpoints, safe against crashes and full disks; and small
 * files of results. May use {@code stored}, to go on in a file that is there, and {@code hdf5}.
 */
package org.frameline.recording.write;
