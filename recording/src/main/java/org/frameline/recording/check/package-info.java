/**
 * Tells what a recording says of itself, and whether it is sound from end to end. Reads through
 * {@code stored} alone: no library stands between a damaged file and what is said of it.
 */
package org.frameline.recording.check;
