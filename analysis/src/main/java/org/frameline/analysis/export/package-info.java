/**
 * {@code frameline export}: the images of a recording as pictures, as a video or on one sheet.
 * Knows files, not sockets; videos are made by {@link org.frameline.analysis.video}.
 */
package org.frameline.analysis.export;
