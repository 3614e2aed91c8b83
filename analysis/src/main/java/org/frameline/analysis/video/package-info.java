/**
 * Videos for players and browsers. FFmpeg (through its bytedeco binding) is used here and nowhere
 * else in this module. Knows neither recordings nor options.
 */
package org.frameline.analysis.video;
