package org.frameline.recording;

/**
 * A time in which the camera was gone.
 *
 * @param firstFrameAfter number of the first frame after it
 * @param durationMs milliseconds between that frame and the one before
 */
public record Outage(long firstFrameAfter, long durationMs) {}
