/** The frame ring: the last frames of a publisher in a memory-mapped file. */
package org.frameline.protocol.ring;
