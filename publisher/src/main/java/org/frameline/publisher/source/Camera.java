package org.frameline.publisher.source;

/**
 * A camera attached to this machine. Immutable.
 *
 * @param source what {@code --source} takes: {@code webcam:N}
 * @param name as the driver gives it
 * @param device what the system calls it: {@code /dev/videoN}, or a name of DirectShow
 */
public record Camera(String source, String name, String device) {}
