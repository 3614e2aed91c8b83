package org.frameline.recording.write;

import java.time.Duration;

/**
 * How long one kind of call has taken so far.
 *
 * @param count calls
 * @param last the latest call; zero before the first
 * @param mean mean of all calls
 * @param max the longest call
 */
public record CallTiming(long count, Duration last, Duration mean, Duration max) {}
