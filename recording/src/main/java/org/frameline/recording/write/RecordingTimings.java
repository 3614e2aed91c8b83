package org.frameline.recording.write;

/**
 * What a recording spends its time with.
 *
 * @param write writes to the file, of pixels and of metadata
 * @param force waits for the disk
 * @param checkpoint whole checkpoints, waits for the disk included
 */
public record RecordingTimings(CallTiming write, CallTiming force, CallTiming checkpoint) {}
