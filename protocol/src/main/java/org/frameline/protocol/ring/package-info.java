/** Frames in a memory-mapped file: the publisher's last ones, and a worker's newest results. */
package org.frameline.protocol.ring;
