/**
 * The wire: what a frame, a result and an end of stream look like, and how they are read and
 * written. The truth is docs/wire-format.md. No sockets here; those are in {@code socket}.
 */
package org.frameline.protocol;
