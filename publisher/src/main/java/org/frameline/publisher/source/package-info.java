/**
 * Where frames come from: cameras, network cameras, video files, recordings and simulated cameras
 * behind one interface, {@link org.frameline.publisher.source.FrameSource}. FFmpeg (through its
 * bytedeco binding) is used here and nowhere else in the program. No sockets, no pacing, no options
 * parsing.
 */
package org.frameline.publisher.source;
