/**
 * Where frames go, whatever is made of them: {@link org.frameline.recording.output.FrameOutput} is
 * what the recorder, the sink and {@code snap} write to, and the only thing that a further output
 * has to be. May use {@code write}. Knows headers and payloads, but no sockets.
 */
package org.frameline.recording.output;
